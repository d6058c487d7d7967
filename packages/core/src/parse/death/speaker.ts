import type { KernelRecord } from "../../model/kernel-record.ts";

/** Programs whose word on a death is read. */
export type Speaker =
  | "audit"
  | "earlyoom"
  | "oomd"
  | "systemd-oomd"
  | "systemd"
  | "systemd-coredump"
  | "lmkd";

const speakers = new Map<string, Speaker>([
  ["audit", "audit"],
  ["auditd", "audit"],
  ["audispd", "audit"],
  ["audisp-syslog", "audit"],
  ["earlyoom", "earlyoom"],
  ["oomd", "oomd"],
  ["systemd-oomd", "systemd-oomd"],
  ["systemd", "systemd"],
  ["systemd-coredump", "systemd-coredump"],
  ["lmkd", "lmkd"],
  ["lowmemorykiller", "lmkd"],
]);

// systemd[1]: a.service: Failed with result 'signal'.              (written to /dev/kmsg while no journal ran)
const prefix = /^([a-z][a-z-]{1,30})\[\d{1,10}\]: /u;

/**
 * Which of them wrote a record, and its words; null where none did. A record of facility 0 is the kernel's own, and
 * nobody else can write one (devkmsg_write(), kernel/printk/printk.c).
 */
export function speakerOf(record: KernelRecord): { readonly speaker: Speaker; readonly text: string } | null {
  const { tag, text, facility } = record;
  if (tag !== null) {
    const speaker = speakers.get(tag);
    return speaker === undefined ? null : { speaker, text };
  }
  const found = facility === 0 ? null : prefix.exec(text);
  const speaker = found === null ? undefined : speakers.get(found[1] ?? "");
  return found === null || speaker === undefined ? null : { speaker, text: text.slice(found[0].length) };
}
