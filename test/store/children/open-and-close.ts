// Opens the store given as the first argument, starts one run in it and prints the run's number.
import { openStore } from "../../../packages/store/src/open-store.ts";

const store = await openStore(process.argv[2] ?? "");
process.stdout.write(`${await store.startRun({ label: null, startedMs: 0, selected: 0 })}\n`);
await store.close();
