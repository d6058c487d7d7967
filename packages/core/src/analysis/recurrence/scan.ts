import type { Episode } from "../../model/episode.ts";
import { binomialTail, mixedTail } from "./binomial-tail.ts";
import { calendars, cycleOf, dayMin, phaseOf } from "./calendar.ts";
import type { Calendar } from "./calendar.ts";
import { offsetOn } from "./circle.ts";
import type { Exposure } from "./exposure.ts";
import { evenExposure } from "./exposure.ts";

/** When an episode was: what the scan needs of it. */
export type ScanEpisode = Pick<Episode, "localMin" | "halfMin">;

/** The least likely window of a calendar's circle. */
export interface Pulse<E extends ScanEpisode> {
  readonly calendar: Calendar;
  /** One episode a cycle, by time. */
  readonly hits: readonly E[];
  /** Episodes that the calendar could place. */
  readonly n: number;
  /** Chance of such a window by luck, over the calendar's weight: smaller is more wonderful; no p value yet. */
  readonly score: number;
  /** Where times are wide: the chance cannot be smaller, whatever the score says. 0 where all are sure. */
  readonly leastChance: number;
}

const widthsMin = [4, 8, 14, 24, 40, 60, 90, 130];
/** Fewer cycles than this prove nothing. */
const leastCycles = 3;
/** An episode that may lie further off than this is looked at with its own chance. */
const sureHalfMin = 4;
/** Broad daily load: a normal hump of this half-width around each other episode, beside so many even ones. */
const humpSdMin = 200;
const evenEpisodes = 10;

/**
 * Scans the circles of the calendars for the window in which episodes of most distinct cycles fall, as a pulse on
 * what was watched and on the host's own broad daily load (circular scan statistic, Wallenstein, Weinberg & Gould 1989).
 */
export function findPulse<E extends ScanEpisode>(
  episodes: readonly E[],
  exposure: Exposure = evenExposure,
  among: readonly Calendar[] = calendars,
): Pulse<E> | null {
  return among.reduce<Pulse<E> | null>(
    (best, calendar) => scanCalendar(episodes, calendar, exposure, best?.score ?? 1) ?? best,
    null,
  );
}

interface Placed<E> {
  readonly episode: E;
  readonly phase: number;
  /** 0 for one whose time is sure. */
  readonly halfMin: number;
}

function scanCalendar<E extends ScanEpisode>(
  episodes: readonly E[],
  calendar: Calendar,
  exposure: Exposure,
  toBeat: number,
): Pulse<E> | null {
  const { periodMin, weight } = calendar;
  const placed = episodes
    .filter(({ halfMin }) => 4 * halfMin <= Math.min(periodMin, dayMin))
    .map((episode): Placed<E> => ({
      episode,
      phase: phaseOf(calendar, episode.localMin),
      halfMin: episode.halfMin > sureHalfMin ? episode.halfMin : 0,
    }))
    .toSorted((a, b) => a.phase - b.phase);
  const n = placed.length;
  if (n < leastCycles) return null;
  const sure = placed.filter(({ halfMin }) => halfMin === 0);
  const wide = placed.filter(({ halfMin }) => halfMin > 0);
  let limit = toBeat * weight;
  let best: { readonly hits: readonly Placed<E>[]; readonly leastChance: number } | null = null;
  for (const { start, at } of startsOf(sure, wide)) {
    let count = 0;
    for (const widthMin of widthsMin) {
      if (widthMin > periodMin * 0.3) break;
      if (at !== null) count = countFrom(sure, at, count, start + widthMin, periodMin);
      const touching = wide.filter(
        ({ phase, halfMin }) =>
          Math.abs(offsetOn(periodMin, start + widthMin / 2, phase)) <= widthMin / 2 + halfMin,
      );
      const most = count + touching.length;
      if (most < leastCycles) continue;
      const share = exposure(calendar, start, widthMin);
      // Counting every episode as sure and every hit as a cycle of its own: the window cannot be rarer than this.
      if (binomialTail(n, most, share) >= limit) continue;
      const inside = [...runOf(sure, at, count), ...touching];
      const hits = oneACycle(inside, calendar, start + widthMin / 2);
      const k = hits.length;
      if (k < leastCycles) continue;
      const others = n - inside.length + k;
      const p0 = Math.min(1, share * humpAt(start + widthMin / 2, placed, inside, calendar));
      const wideDoubles = touching.length - hits.filter(({ halfMin }) => halfMin > 0).length;
      const chances = wide
        .slice(0, Math.max(0, wide.length - wideDoubles))
        .map(({ halfMin }) => Math.min(1, (p0 * (widthMin + 2 * halfMin)) / widthMin));
      const tail =
        chances.length === 0
          ? binomialTail(others, k, p0)
          : mixedTail(others - chances.length, k, p0, chances);
      if (tail >= limit) continue;
      limit = tail;
      best = {
        hits,
        leastChance: hits.every(({ halfMin }) => halfMin === 0)
          ? 0
          : besideStart(others - chances.length, k, p0, chances, sure.length) / weight,
      };
    }
  }
  if (best === null) return null;
  const hits = best.hits.map(({ episode }) => episode).toSorted((a, b) => a.localMin - b.localMin);
  return { calendar, hits, n, score: limit / weight, leastChance: best.leastChance };
}

/**
 * Chance that beside any of the episodes that windows begin at so many others lie in its window: what begins it is in
 * it for certain. Few of several wide times prove little, which a score made for sure ones does not tell.
 */
function besideStart(
  sureTries: number,
  k: number,
  p0: number,
  wideChances: readonly number[],
  sureStarts: number,
): number {
  const tail =
    sureStarts > 0
      ? mixedTail(sureTries - 1, k - 1, p0, wideChances)
      : mixedTail(sureTries, k - 1, p0, wideChances.slice(1));
  return Math.max(1, sureStarts > 0 ? sureStarts : wideChances.length) * tail;
}

/** Windows that begin at an episode, and those centred on one whose time is not sure. */
function startsOf<E>(
  sure: readonly Placed<E>[],
  wide: readonly Placed<E>[],
): readonly { readonly start: number; readonly at: number | null }[] {
  if (sure.length === 0) return wide.map(({ phase }) => ({ start: phase, at: null }));
  return sure.map(({ phase }, at) => ({ start: phase, at }));
}

/** How many follow one another from `at` on up to a phase, `least` of them known to. */
function countFrom<E>(
  sure: readonly Placed<E>[],
  at: number,
  least: number,
  endMin: number,
  periodMin: number,
): number {
  let count = least;
  while (count < sure.length && reach(sure, at, count, periodMin) <= endMin) count += 1;
  return count;
}

/** Phase of the `count`th episode from `at` on, counted on past the end of the circle. */
function reach<E>(sure: readonly Placed<E>[], at: number, count: number, periodMin: number): number {
  const index = at + count;
  const turns = index >= sure.length ? periodMin : 0;
  return (sure[index % sure.length]?.phase ?? Infinity) + turns;
}

function runOf<E>(sure: readonly Placed<E>[], at: number | null, count: number): readonly Placed<E>[] {
  if (at === null) return [];
  const end = at + count;
  return end <= sure.length ? sure.slice(at, end) : [...sure.slice(at), ...sure.slice(0, end - sure.length)];
}

/** One a cycle: the surest, then the one nearest to the centre. */
function oneACycle<E extends ScanEpisode>(
  inside: readonly Placed<E>[],
  calendar: Calendar,
  centerMin: number,
): readonly Placed<E>[] {
  const chosen = new Map<number, Placed<E>>();
  for (const one of inside) {
    const cycle = cycleOf(calendar, one.episode.localMin, centerMin);
    const rival = chosen.get(cycle);
    if (rival === undefined || one.halfMin < rival.halfMin) chosen.set(cycle, one);
  }
  return [...chosen.values()];
}

/** How much denser than even the host's other episodes stand around a time of the day; never below 1. */
function humpAt<E extends ScanEpisode>(
  atMin: number,
  placed: readonly Placed<E>[],
  inside: readonly Placed<E>[],
  { periodMin }: Calendar,
): number {
  if (periodMin < dayMin) return 1;
  const ownSet = new Set(inside);
  let sum = 0;
  let others = 0;
  for (const one of placed) {
    if (ownSet.has(one)) continue;
    others += 1;
    const off = offsetOn(dayMin, atMin, one.phase) / humpSdMin;
    sum += Math.exp(-(off * off) / 2);
  }
  const even = (humpSdMin * Math.sqrt(2 * Math.PI)) / dayMin;
  return Math.max(1, (sum / even + evenEpisodes) / (others + evenEpisodes));
}
