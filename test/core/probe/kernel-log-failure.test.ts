import { expect, it } from "vitest";
import type { ProbeOutput } from "../../../packages/core/src/model/probe-output.ts";
import { kernelLogFailure } from "../../../packages/core/src/probe/kernel-log-failure.ts";

const failed = (complaint: string, status = 1): ProbeOutput => ({
  sections: new Map([["kernel-log", { via: "journalctl", status, bytes: new Uint8Array(), complaint }]]),
  complete: true,
  noiseBytes: 0,
});

it.each([
  ["dmesg: read kernel buffer failed: Operation not permitted", "no-permission"],
  ["dmesg: klogctl: Operation not permitted", "no-permission"],
  ["dd: failed to open '/dev/kmsg': Permission denied", "no-permission"],
  ["sudo: a password is required", "no-permission"],
  ["sudo: sorry, you must have a tty to run sudo", "no-permission"],
  ["admin is not in the sudoers file.  This incident will be reported.", "no-permission"],
  ["Sorry, user admin is not allowed to execute '/usr/bin/dmesg -r' as root on web1.", "no-permission"],
  ["No journal files were opened due to insufficient permissions.", "no-permission"],
  ["sh: 7: dmesg: not found", "command-failed"],
  ["dmesg: Segmentation fault", "command-failed"],
])("tells what was refused from what failed: %s", (complaint, state) => {
  expect(kernelLogFailure(failed(complaint))).toEqual({ state, reason: complaint });
});

it("prefers the kernel's words to sudo's", () => {
  const words = "dmesg: read kernel buffer failed: Operation not permitted";
  const complaint = `${words}\nsudo: a password is required\nsh: 9: journalctl: not found`;
  expect(kernelLogFailure(failed(complaint))).toEqual({ state: "no-permission", reason: words });
});

it("names the command when nothing was said", () => {
  expect(kernelLogFailure(failed("", 3))?.reason).toBe("journalctl: exit status 3");
});
