import type { HostTarget } from "@inquest/core";
import { isReadState, UsageError } from "@inquest/core";
import type { Store } from "@inquest/store";
import { targetOfVisit } from "./target-of-visit.ts";

/** The hosts that a run could not read, as its host list wrote them; `run` null: the latest. Throws UsageError. */
export async function targetsToRetry(store: Store, run: number | null): Promise<readonly HostTarget[]> {
  const found = run === null ? (await store.runs(1))[0] : await store.findRun(run);
  if (found === undefined || found === null) {
    const message =
      run === null ? "--retry-failed: there is no run yet" : `--retry-failed: run ${run} is not in the store`;
    throw new UsageError("no-run", message, { hint: "inquest runs lists them" });
  }
  const failed = (await store.visits(found.run)).filter(({ state }) => !isReadState(state));
  if (failed.length === 0) {
    throw new UsageError("no-hosts", `--retry-failed: run ${found.run} has no failed host`, {
      hint: "inquest runs lists the runs",
    });
  }
  return failed.map((visit) => targetOfVisit(visit, `run ${found.run}`));
}
