import type { Pressure } from "../../../model/oom-report.ts";
import { ordinaryZones, zoneLabel } from "./zones-at-hand.ts";
import type { Circumstances } from "./circumstances.ts";

/**
 * A block of several pages was asked for; a zone has pages above its high watermark and no zone that has them has a
 * block as large: __zone_watermark_ok(), mm/page_alloc.c.
 */
export function fragmentationOf(circumstances: Circumstances): Pressure | null {
  const { order, memInfo, pageSizeKiB } = circumstances;
  if (order === null || order < 1 || order > 10 || pageSizeKiB === null) return null;
  const neededKiB = pageSizeKiB * 2 ** order;
  const rich = ordinaryZones(circumstances).filter(({ freeKiB, highKiB }) => freeKiB > highKiB);
  const blocks = rich.map((zone) => ({
    zone,
    largestKiB:
      memInfo.buddies.find((buddy) => buddy.node === zone.node && buddy.zone === zone.name)?.largestFreeKiB ??
      null,
  }));
  const [first] = blocks;
  if (first === undefined) return null;
  if (blocks.some(({ largestKiB }) => largestKiB === null || largestKiB >= neededKiB)) return null;
  const largestKiB = Math.max(...blocks.map((block) => block.largestKiB ?? 0));
  const { zone } = first;
  return {
    class: "fragmentation",
    evidence: `order ${order} asked (${neededKiB} KiB), largest free block ${largestKiB} KiB though ${zoneLabel(zone)} has ${zone.freeKiB} KiB free (high ${zone.highKiB} KiB)`,
  };
}
