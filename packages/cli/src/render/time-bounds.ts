import type { Anchor, AnchorKind, StepKind, TimeMethod } from "@inquest/core";
import type { JsonObject } from "./incident-json.ts";
import { isoTime } from "./incident-json.ts";
import { formatStamp } from "./wall-time.ts";

/** An anchor that made one end of an incident's time. */
export interface TimeBound {
  readonly end: "earliest" | "latest";
  readonly anchor: Anchor;
  /** Run that brought it; null: an imported alert. */
  readonly run: number | null;
}

/** Where an incident's time comes from. */
export interface TimeBounds {
  readonly bounds: readonly TimeBound[];
  /** What the step was that the incident lies in; null outside of one and where nothing tells. */
  readonly step: StepKind | null;
}

/** What each kind of anchor is, as `show` names it. */
const anchorWords: Readonly<Record<AnchorKind, string>> = {
  "cpu-clock": "the log's own clock (cpu_clk)",
  mark: "the line of --mark",
  journal: "the journal's time of receipt",
  syslog: "syslog's time of receipt",
  audit: "the time in an audit record",
  rtc: "the hardware clock at boot",
  ceiling: "the newest record of a reading",
  floor: "the first record that the reading before had not",
  alert: "an alert that can mean one death only",
  uptime: "the uptime",
  "foreign-uptime": "the kernel's age (/proc/uptime is a container's)",
  "boot-time": "the boot time that was given",
};

/** What a time rests on beside its anchors. */
const assumptions: Partial<Record<TimeMethod, string>> = {
  near: "no suspend or pause between the record and the anchor",
  uptime: "no suspend or pause since the boot",
  "foreign-uptime": "no suspend or pause since the boot",
};

/** The lines of `show` that tell where a time comes from; null where there is nothing to tell. */
export function boundFields(
  method: TimeMethod,
  { bounds, step }: TimeBounds,
): readonly (readonly [label: string, value: string | null])[] {
  const madeBy = (wanted: TimeBound["end"]): string | null => {
    const bound = bounds.find(({ end }) => end === wanted);
    if (bound === undefined) return null;
    const { anchor, run } = bound;
    const from = run === null ? "" : `, run ${run}`;
    return `by ${anchorWords[anchor.kind]}, ${formatStamp(anchor.stampS * 1e6)}${from}`;
  };
  const stepWords = step === "set" ? "the clock was set here" : "the machine was suspended or paused here";
  return [
    ["assumes", bounds.length === 0 ? null : (assumptions[method] ?? null)],
    ["step", method === "step" && step !== null ? stepWords : null],
    ["earliest", madeBy("earliest")],
    ["latest", madeBy("latest")],
  ];
}

/** `anchors` of `show -o json`. */
export function boundsJson({ bounds }: TimeBounds): readonly JsonObject[] {
  return bounds.map(({ end, anchor, run }) => ({
    bound: end,
    kind: anchor.kind,
    stamp_s: anchor.stampS,
    earliest: isoTime(finite(anchor.loMs)),
    latest: isoTime(finite(anchor.hiMs)),
    run,
  }));
}

function finite(ms: number): number | null {
  return Number.isFinite(ms) ? ms : null;
}
