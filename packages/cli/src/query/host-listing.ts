import { hostCells, hostColumns } from "../render/host-csv.ts";
import { hostJson } from "../render/host-json.ts";
import { formatHostList } from "../render/host-list.ts";
import type { HostLook } from "../render/host-list.ts";
import type { HostRow } from "../render/host-row.ts";
import type { Listing } from "../render/listing.ts";

/** How hosts are listed. */
export function hostListing(look: HostLook): Listing<HostRow> {
  return {
    columns: hostColumns,
    toJson: hostJson,
    toCells: async (row) => hostCells(row, look.nowMs),
    toTable: (rows) => formatHostList(rows, look),
  };
}
