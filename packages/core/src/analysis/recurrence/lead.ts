import type { Episode } from "../../model/episode.ts";
import { calendars, cycleOf, dayMin } from "./calendar.ts";
import { modulo } from "./circle.ts";
import { placePattern } from "./pattern.ts";
import type { Pattern } from "./pattern.ts";

/**
 * The two nights nearest in time of the day. p is the chance that among n uniform times two stand so close:
 * 1 − (1 − n·w/1440)^(n−1), the smallest spacing on a circle; for two, 2·w/1440.
 */
export function findLead(episodes: readonly Episode[]): Pattern | null {
  const [daily] = calendars;
  const sorted = episodes
    .filter(({ halfMin }) => halfMin <= 30)
    .toSorted((a, b) => modulo(a.localMin, dayMin) - modulo(b.localMin, dayMin));
  const n = sorted.length;
  if (daily === undefined || n < 2) return null;
  let best: { readonly pair: readonly Episode[]; readonly apartMin: number } | null = null;
  for (const [at, one] of sorted.entries()) {
    const other = sorted[(at + 1) % n];
    if (other === undefined || other === one) continue;
    const apartMin = modulo(other.localMin - one.localMin, dayMin);
    const nights = [one, other].map(({ localMin }) => cycleOf(daily, localMin, one.localMin));
    if (nights[0] !== nights[1] && (best === null || apartMin < best.apartMin))
      best = { pair: [one, other], apartMin };
  }
  if (best === null) return null;
  const { pair, apartMin } = best;
  const p = 1 - Math.max(0, 1 - (n * apartMin) / dayMin) ** (n - 1);
  const hits = pair.toSorted((a, b) => a.localMin - b.localMin);
  return { ...placePattern(daily, hits, hits), p, jobs: [] };
}
