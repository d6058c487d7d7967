import { hostStates } from "@inquest/core";
import type { Run } from "@inquest/core";
import type { HostRow } from "./host-row.ts";

/** One measurement: labels (hostile values) and a number. */
type Sample = readonly [labels: Readonly<Record<string, string>>, value: number];

/**
 * A run and what is known of every host in Prometheus' text format (exposition_formats.md, version 0.0.4), for the
 * textfile collector of node_exporter. What is not known has no sample: absent is not 0. `run` null: none ended yet.
 */
export function formatPrometheus(run: Run | null, hosts: readonly HostRow[]): string {
  const lastOk = hosts.flatMap(({ host, lastOkMs }): readonly Sample[] =>
    lastOkMs === null ? [] : [[{ host }, seconds(lastOkMs)]],
  );
  const latest = lastOk.reduce((newest, [, value]) => Math.max(newest, value), 0);
  const finishedMs = run?.finishedMs ?? null;
  return [
    family(
      "inquest_last_success_timestamp_seconds",
      "When any host was last read: the newest of all hosts.",
      latest === 0 ? [] : [[{}, latest]],
    ),
    family(
      "inquest_run_finished_timestamp_seconds",
      "When the latest run ended, whatever it brought.",
      finishedMs === null ? [] : [[{}, seconds(finishedMs)]],
    ),
    family(
      "inquest_run_duration_seconds",
      "How long the latest run took.",
      run === null || finishedMs === null ? [] : [[{}, seconds(finishedMs - run.startedMs)]],
    ),
    family(
      "inquest_run_hosts",
      "Hosts of the latest run by the state in which they ended.",
      run === null ? [] : hostStates.map((state): Sample => [{ state }, run.states[state]]),
    ),
    family(
      "inquest_run_new_incidents",
      "Incidents that the latest run was first to tell of.",
      run === null ? [] : [[{}, run.newIncidents]],
    ),
    family("inquest_host_last_success_timestamp_seconds", "When each host was last read.", lastOk),
    family(
      "inquest_host_kills_24h",
      "Out-of-memory kills of the last 24 hours on each host; none where its log was not read.",
      hosts.flatMap(({ host, kills24h }): readonly Sample[] =>
        kills24h === null ? [] : [[{ host }, kills24h]],
      ),
    ),
  ].join("");
}

function family(name: string, help: string, samples: readonly Sample[]): string {
  if (samples.length === 0) return "";
  const lines = samples.map(([labels, value]) => {
    const told = Object.entries(labels).map(([label, text]) => `${label}="${escaped(text)}"`);
    return `${name}${told.length === 0 ? "" : `{${told.join(",")}}`} ${value}\n`;
  });
  return `# HELP ${name} ${help}\n# TYPE ${name} gauge\n${lines.join("")}`;
}

/** A label value: backslash, quote and line feed, and nothing else, are escaped. */
function escaped(text: string): string {
  return text.toWellFormed().replaceAll("\\", "\\\\").replaceAll('"', '\\"').replaceAll("\n", "\\n");
}

function seconds(ms: number): number {
  return Math.round(ms) / 1000;
}
