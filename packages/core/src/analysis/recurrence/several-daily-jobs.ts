import { dayMin } from "./calendar.ts";
import { modulo, offsetOn } from "./circle.ts";
import type { Pulse, ScanEpisode } from "./scan.ts";

/** F of an analysis of variance from which the slots of the day have centres of their own. */
const clearlyApart = 8;

/** Whether a pulse of several times a day is rather one or several daily ones: it keeps to few slots, or they differ. */
export function isSeveralDailyJobs<E extends ScanEpisode>(pulse: Pulse<E>): boolean {
  const { periodMin } = pulse.calendar;
  if (periodMin >= dayMin) return false;
  const slotCount = dayMin / periodMin;
  const first = modulo(pulse.hits[0]?.localMin ?? 0, periodMin);
  const slots = new Map<number, number[]>();
  for (const { localMin } of pulse.hits) {
    const off = offsetOn(periodMin, first, localMin);
    const slot = modulo(Math.round((localMin - off - first) / periodMin), slotCount);
    slots.set(slot, [...(slots.get(slot) ?? []), off]);
  }
  const expected = slotCount * (1 - (1 - 1 / slotCount) ** pulse.hits.length);
  if (slots.size <= Math.min(2, slotCount - 1) || slots.size < 0.55 * expected) return true;
  if (slotCount === 2 && [...slots.values()].some(({ length }) => length < 0.25 * pulse.hits.length))
    return true;
  return varianceRatio([...slots.values()]) >= clearlyApart;
}

function varianceRatio(groups: readonly (readonly number[])[]): number {
  const all = groups.flat();
  const [within, between] = [all.length - groups.length, groups.length - 1];
  if (within < 1 || between < 1) return 0;
  const mean = meanOf(all);
  let inside = 0;
  let across = 0;
  for (const group of groups) {
    const own = meanOf(group);
    across += group.length * (own - mean) ** 2;
    for (const value of group) inside += (value - own) ** 2;
  }
  return across / between / Math.max(inside / within, 0.05);
}

function meanOf(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
