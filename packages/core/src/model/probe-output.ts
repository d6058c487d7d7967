import type { HostFailure } from "./host-result.ts";
import type { EpochMs } from "./units.ts";

/**
 * The parts of the probe's answer, in the order in which the script sends them. `uname` and `getconf` come only
 * from hosts whose /proc and /sys do not say the same, `log-files` and `journal` only where they are asked for, `ring`
 * where only what came since the last reading was sent, `mark` where a line was to be written into the log.
 */
export const probeSections = [
  "clock",
  "mark",
  "kernel-log",
  "ring",
  "clock-after",
  "uptime",
  "proc",
  "uname",
  "getconf",
  "zone",
  "ps",
  "schedules",
  "log-files",
  "journal",
] as const;

export type ProbeSectionName = (typeof probeSections)[number];

/** One section as the host sent it. Its bytes are hostile. */
export interface ProbeSection {
  /**
   * Which of the alternatives answered, or was tried last: for the kernel log `kmsg`, `dmesg`, `sudo-kmsg`,
   * `sudo-dmesg`, `sudo`, `journalctl`; for ps `ps`, `old-ps`, `busybox-ps`, `plain-ps`; else the command's name.
   */
  readonly via: string;
  /** Exit status of that alternative; null when the section was cut off before it was said. */
  readonly status: number | null;
  readonly bytes: Uint8Array;
  /** What it and the alternatives before it said on stderr, as text, one line each. Hostile too. */
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

/** What came back from one host, with the collector's clock around it. */
export interface ProbeAnswer {
  readonly output: ProbeOutput;
  /** Why the kernel log was not read, or null when it was. */
  readonly refusal: HostFailure | null;
  /** Other sections that could not be read, in words: `ps: sh: ps: not found`. Hostile text. */
  readonly complaints: readonly string[];
  /** Collector clock when the probe was sent and when its answer had arrived. */
  readonly sentMs: EpochMs;
  readonly receivedMs: EpochMs;
}
