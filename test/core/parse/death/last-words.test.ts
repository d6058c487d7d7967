import { expect, test } from "vitest";
import { lastWordsOf } from "../../../../packages/core/src/parse/death/last-words.ts";

test.each([
  [
    "Kernel panic - not syncing: Out of memory: system-wide panic_on_oom is enabled",
    "panic: Kernel panic - not syncing: Out of memory: system-wide panic_on_oom is enabled",
  ],
  ["reboot: Restarting system", "clean shutdown: reboot: Restarting system"],
  ["Restarting system.", "clean shutdown: Restarting system"],
  ["reboot: Power down", "clean shutdown: reboot: Power down"],
  ["systemd-shutdown[1]: Rebooting.", "clean shutdown: systemd-shutdown[1]: Rebooting."],
  [
    "systemd[1]: Reached target reboot.target - System Reboot.",
    "clean shutdown: systemd[1]: Reached target reboot.target - System Reboot.",
  ],
  ["sysrq: Resetting", "by hand: sysrq: Resetting"],
  ["SysRq : Resetting", "by hand: SysRq : Resetting"],
  ["kexec_core: Starting new kernel", "kexec: kexec_core: Starting new kernel"],
])("%s", (text, words) => {
  expect(lastWordsOf(["eth0: link up", text, "sd 0:0:0:0: [sda] Synchronizing SCSI cache"])).toBe(words);
});

test("a panic is the reason, whatever was begun before it", () => {
  const words = lastWordsOf(["systemd-shutdown[1]: Syncing filesystems", "Kernel panic - not syncing: hung"]);
  expect(words).toBe("panic: Kernel panic - not syncing: hung");
});

test("other last words tell nothing", () => {
  expect(lastWordsOf([])).toBeNull();
  expect(lastWordsOf(["eth0: link up", "the system was asked for Restarting system by mail"])).toBeNull();
});
