import type { DeathEcho } from "../model/death.ts";

/** What a share of a file lacks, counted. */
export interface Losses {
  readonly unread?: number;
  readonly longLines?: number;
  readonly undated?: number;
  readonly refused?: number;
  readonly losses?: ReadonlyMap<string, number>;
  readonly echoes?: readonly DeathEcho[];
}

/** What a share of a file lacks, in words a person understands; nothing missing gives none. */
export function lossWords({
  unread = 0,
  longLines = 0,
  undated = 0,
  refused = 0,
  losses,
  echoes,
}: Losses): readonly string[] {
  const units = new Set((echoes ?? []).map(({ unit }) => unit ?? "an unnamed unit"));
  return [
    ...[...(losses ?? [])].map(([words, count]) => `${count} ${words}`),
    ...(refused > 0 ? [`${counted(refused, "line")} that quote a kill were not the kernel's: refused`] : []),
    ...(unread > 0 ? [`${counted(unread, "line")} in no form that is known`] : []),
    ...(longLines > 0 ? [`${counted(longLines, "line")} longer than 64 KiB: cut`] : []),
    ...(undated > 0
      ? [`${counted(undated, "death")} without a time: stamps alone are no dates, name --boot-time`]
      : []),
    ...(units.size > 0
      ? [
          `systemd tells of deaths in ${[...units].slice(0, 3).join(", ")}${units.size > 3 ? ", …" : ""} whose own lines are missing`,
        ]
      : []),
  ];
}

/** `1 line`, `2 lines`. */
export function counted(number: number, noun: string): string {
  return `${number} ${noun}${number === 1 ? "" : "s"}`;
}
