/** What the end of a boot's log says of why it ended, in the order in which it is looked for. */
const endings: readonly (readonly [what: string, words: RegExp])[] = [
  // panic(), kernel/panic.c: `Kernel panic - not syncing: Out of memory: system-wide panic_on_oom is enabled`
  ["panic", /Kernel panic - not syncing: [^\n"\\]{1,200}/u],
  // kernel_restart(), kernel_halt(), kernel_power_off(), kernel/reboot.c; without "reboot: " until Linux 3.10.
  [
    "clean shutdown",
    /(?:reboot: |^)(?:Restarting system|Power down|System halted|Rebooting in \d{1,6} seconds)\b/u,
  ],
  // crash_kexec() and kernel_kexec(): `kexec_core: Starting new kernel`
  ["kexec", /(?:kexec_core: |^)Starting new kernel/u],
  // __handle_sysrq(), drivers/tty/sysrq.c: `sysrq: Resetting`, `SysRq : Resetting`
  ["by hand", /sysrq ?: (?:Resetting|Trigger a crash|Power Off)/iu],
  // shutdown.c and manager.c of systemd, which write to /dev/kmsg at the end
  [
    "clean shutdown",
    /systemd-shutdown\[\d{1,10}\]: (?:Rebooting|Powering off|Halting system|Syncing filesystems|Sending SIGTERM)[^\n"\\]{0,80}/u,
  ],
  [
    "clean shutdown",
    /systemd\[1\]: (?:Shutting down|Reached target (?:\S{1,40} - )?(?:System )?(?:Reboot|Shutdown|Power[- ]Off|Halt))[^\n"\\]{0,60}/u,
  ],
  // telinit of sysvinit and its syslogd
  ["clean shutdown", /INIT: Switching to runlevel: [06]\b|Kernel logging \(proc\) stopped/u],
];

/**
 * Why a boot ended, in the last words of its log (newest last): `panic: Kernel panic - not syncing: …`,
 * `clean shutdown: reboot: Restarting system`; null where they tell nothing. Hostile text.
 */
export function lastWordsOf(texts: readonly string[]): string | null {
  for (const [what, words] of endings) {
    const said = texts.reduce<string | null>((last, text) => words.exec(text)?.[0] ?? last, null);
    if (said !== null) return `${what}: ${said.trim()}`;
  }
  return null;
}
