import type { Seconds } from "@inquest/core";
import type { HostRow, RingPace } from "./host-row.ts";
import { formatCount, formatTook } from "./quantity.ts";
import { formatMinute } from "./wall-time.ts";

/** What a person should know of a host beside its figures, in words; hostile where the reason of a failure is. */
export function hostNotes(row: HostRow, { zone }: { readonly zone: string }): readonly string[] {
  const { reason, clockDiffS, gaps, unbrokenFromMs, unseenKills } = row;
  return [
    ...(reason === null ? [] : [reason]),
    ...(clockDiffS === null ? [] : [clockWords(clockDiffS)]),
    ...(gaps.length === 0 || unbrokenFromMs === null
      ? []
      : [`log read without gap since ${formatMinute(unbrokenFromMs, zone, true)}`]),
    ...ringWords(row.ring),
    ...(unseenKills === null || unseenKills === 0
      ? []
      : [`${formatCount(unseenKills, "kill")} without a line`]),
  ];
}

function clockWords(diffS: Seconds): string {
  return `its clock is ${formatTook(Math.abs(diffS) * 1000)} ${diffS > 0 ? "ahead" : "behind"}`;
}

/** Worth telling only where lines are gone before the next reading comes. */
function ringWords({ wrapsInH, everyH }: RingPace): readonly string[] {
  if (wrapsInH === null || everyH === null || wrapsInH >= everyH) return [];
  return [`wraps in about ${hours(wrapsInH)}, you collect every ${hours(everyH)}`];
}

function hours(count: number): string {
  return formatTook(count * 3_600_000);
}
