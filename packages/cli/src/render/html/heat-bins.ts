const mostBins = 4;

/** A step of the heat map: counts from `from` to `to`. */
export interface HeatBin {
  readonly from: number;
  readonly to: number;
}

/** At most four steps of equal width from 1 to the largest count. */
export function heatBinsOf(most: number): readonly HeatBin[] {
  const bins = Math.min(mostBins, Math.max(1, most));
  const froms = Array.from({ length: bins }, (_, at) => 1 + Math.floor((most * at) / bins));
  return froms.map((from, at) => ({ from, to: (froms[at + 1] ?? most + 1) - 1 }));
}
