import type { Zone } from "../lines/zone.ts";
import type { Circumstances } from "./circumstances.ts";

/** Zones that an ordinary request may be served from: DMA is too small to matter, Device holds no free pages. */
export function ordinaryZones({ memInfo: { zones } }: Pick<Circumstances, "memInfo">): readonly Zone[] {
  return zones.filter(({ name }) => name !== "DMA" && name !== "Device");
}

/** "Node 0 Normal", or "Normal" where the kernel names no node. */
export function zoneLabel({ node, name }: Pick<Zone, "node" | "name">): string {
  return node === null ? name : `Node ${node} ${name}`;
}
