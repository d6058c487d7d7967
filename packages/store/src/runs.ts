import type { EpochMs, HostState, Run } from "@inquest/core";
import { hostStates } from "@inquest/core";
import type { Sql } from "./sql.ts";

/** Opens a run under the next number. */
export function insertRun(
  sql: Sql,
  run: { label: string | null; startedMs: EpochMs; selected: number },
): number {
  return sql.write(() => {
    const last = sql.statement<{ run: number }>("SELECT run FROM runs ORDER BY run DESC LIMIT 1").get();
    const number = (last?.run ?? 0) + 1;
    sql
      .statement("INSERT INTO runs (run, label, started_ms, selected) VALUES (?, ?, ?, ?)")
      .run(number, run.label, run.startedMs, run.selected);
    return number;
  });
}

/** Says when a run ended. */
export function endRun(sql: Sql, run: number, finishedMs: EpochMs): void {
  sql.statement("UPDATE runs SET finished_ms = ? WHERE run = ?").run(finishedMs, run);
}

/** Runs, newest first; all without a limit. */
export function loadRuns(sql: Sql, limit: number | null): readonly Run[] {
  return sql.read(() => {
    const numbers = sql
      .statement<{ run: number }>("SELECT run FROM runs ORDER BY run DESC LIMIT ?")
      .all(limit ?? -1);
    return numbers.flatMap(({ run }) => loadRun(sql, run) ?? []);
  });
}

/** One run with its states counted from its visits, or null. */
export function loadRun(sql: Sql, run: number): Run | null {
  const row = sql.statement<Omit<Run, "states">>(
    `SELECT run, label, started_ms AS startedMs, finished_ms AS finishedMs, selected,
       (SELECT count(*) FROM incidents WHERE incidents.run = runs.run) AS newIncidents
     FROM runs WHERE run = ?`,
  );
  const counts = sql.statement<{ state: HostState; hosts: number }>(
    "SELECT state, count(*) AS hosts FROM visits WHERE run = ? GROUP BY state",
  );
  const found = row.get(run);
  if (found === undefined) return null;
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- every state of the list gets its count
  const states = Object.fromEntries(hostStates.map((state) => [state, 0])) as Record<HostState, number>;
  for (const { state, hosts } of counts.all(run)) states[state] = hosts;
  return { ...found, states };
}
