import type { HostTarget, Millis } from "@inquest/core";
import type { Store } from "@inquest/store";
import type { Io } from "../io.ts";
import { hostRows } from "../query/host-rows.ts";
import { formatPrometheus } from "../render/prometheus.ts";
import { replaceFile } from "../replace-file.ts";

/** Where no list says which hosts there are: one that nobody tried for so long is one that nobody lists any more. */
const forgottenMs: Millis = 7 * 24 * 3_600_000;

/** How far back the latest run that ended may be: others may be under way with another label. */
const runsUnderWay = 20;

/**
 * The file for node_exporter: the latest run that ended, and the hosts `listed` (null: no list, all that were tried of
 * late). A host that left the list leaves the file. Throws LocalError; what the run brought is stored by then.
 */
export async function writeMetrics(
  store: Store,
  listed: readonly HostTarget[] | null,
  path: string,
  io: Io,
): Promise<void> {
  const run = (await store.runs(runsUnderWay)).find(({ finishedMs }) => finishedMs !== null) ?? null;
  const names = new Set(
    listed === null
      ? (await store.hosts()).flatMap(({ host, last }) =>
          last !== null && io.now() - last.startedMs <= forgottenMs ? [host] : [],
        )
      : listed.map(({ host }) => host),
  );
  const rows = (await hostRows(store, io.now())).filter(({ host }) => names.has(host));
  const text = formatPrometheus(run, rows);
  async function* texts(): AsyncGenerator<string> {
    yield text;
  }
  await replaceFile(path, texts(), "--prometheus");
}
