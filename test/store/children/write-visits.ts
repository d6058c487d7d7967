// Writes visits of ever new hosts into the store given as the first argument until it is killed; prints each when saved.
import { openStore } from "../../../packages/store/src/open-store.ts";
import { evidenceOf, recordOf, sightingOf } from "../support/sample.ts";

const store = await openStore(process.argv[2] ?? "");
const run = await store.startRun({ label: null, startedMs: 0, selected: 0 });
for (let place = 0; ; place += 1) {
  const host = `host${place}`;
  const sighting = sightingOf(host, { host });
  const evidence = [evidenceOf("kernel-log", `kernel log of ${host}\n`.repeat(2000))];
  await store.saveVisit(run, recordOf([sighting], { visit: { host }, evidence }));
  process.stdout.write(`${host}\n`);
}
