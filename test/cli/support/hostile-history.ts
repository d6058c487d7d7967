import { mkdtempSync } from "node:fs";
import { rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { openStore } from "@inquest/store";
import { nowMs } from "./case-history.ts";
import { incidentOf } from "./incident-of.ts";

/** Would run, ask for something, close what is open, or turn the line around, wherever it is not escaped. */
export const hostileName = `</script></style></title>"'><img src=x onerror="window.owned=1">\u202e\u001b[2J\u0000`;

/** A store in which every text of a host is hostile; two nights of it at the same time. */
export async function openHostileHistory(): Promise<
  AsyncDisposable & { readonly folder: string; readonly db: string }
> {
  const folder = mkdtempSync(join(tmpdir(), "inquest-hostile-"));
  const db = join(folder, "inquest.db");
  const store = await openStore(db);
  const run = await store.startRun({ label: hostileName, startedMs: nowMs - 3_600_000, selected: 1 });
  const long = `${"very-long-name".repeat(12)}${hostileName}`;
  for (const [at, host] of [hostileName, long, "\u202eevil"].entries()) {
    const incidents = [1, 2, 3].map((night) =>
      incidentOf({
        id: `k-${at}0000000000${night}`,
        host,
        groups: [hostileName],
        reportId: `o-${at}${night}`,
        // Two hosts that tell of one microsecond would be containers of one kernel.
        stampUs: (at * 10 + night) * 1e9,
        detail: hostileName,
        time: { atMs: nowMs - night * 86_400_000, errorS: 1, method: "anchored" },
        victim: { name: long, user: hostileName, args: hostileName, cgroup: hostileName },
        selected: { pid: 1, name: hostileName },
        trigger: { pid: 1, name: hostileName, gfpMask: null, gfpFlags: null, order: null, oomScoreAdj: null },
        suspects: [{ name: hostileName, uid: 0, count: 1, rssKiB: 1024, swapKiB: null, share: 0.5 }],
        annotation: { status: hostileName, owner: long, cause: null, ticket: null, note: hostileName },
      }),
    );
    await store.saveImport(run, {
      file: {
        host,
        file: hostileName,
        format: "dmesg",
        capturedMs: null,
        bootAtMs: null,
        zone: null,
        modifiedMs: null,
        firstYear: null,
      },
      part: at,
      boot: null,
      sightings: incidents.map((incident) => ({ incident, keys: [incident.id], words: null })),
      reports: [],
      snapshot: null,
      figures: null,
      bytes: new Uint8Array(),
      line: at,
    });
  }
  await store.finishRun(run, nowMs);
  await store.close();
  return { folder, db, [Symbol.asyncDispose]: () => rm(folder, { recursive: true, force: true }) };
}
