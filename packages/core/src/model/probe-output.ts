/** The parts of the probe's answer, in the order in which the script sends them. */
export const probeSections = [
  "clock",
  "kernel-log",
  "clock-after",
  "uptime",
  "proc-uptime",
  "boot-id",
  "stat",
  "uname",
  "page-size",
  "cpus",
  "meminfo",
  "vmstat",
  "zone",
  "ps",
] as const;

export type ProbeSectionName = (typeof probeSections)[number];

/** One section as the host sent it. Its bytes are hostile. */
export interface ProbeSection {
  /** Which of the alternatives answered: `kmsg`, `dmesg`, `sudo-kmsg`, `sudo-dmesg`, `journalctl`, `ps`, … */
  readonly via: string;
  /** Exit status of that alternative; null when the section was cut off before it was said. */
  readonly status: number | null;
  readonly bytes: Uint8Array;
  /** What it and the alternatives before it said on stderr, as text. */
  readonly complaint: string;
}

/** The probe's answer cut into sections. A section that never came is absent from the map. */
export interface ProbeOutput {
  readonly sections: ReadonlyMap<ProbeSectionName, ProbeSection>;
  /** True when the closing sentinel came: nothing was cut off. */
  readonly complete: boolean;
  /** Bytes before the first sentinel and between sections: banners, .bashrc noise. Counted, not parsed. */
  readonly noiseBytes: number;
}
