import { blankRecord } from "../../../../packages/core/src/model/kernel-record.ts";
import type { KernelRecord } from "../../../../packages/core/src/model/kernel-record.ts";
import { parseDeaths } from "../../../../packages/core/src/parse/death/parse-deaths.ts";

const syslog = /^(?:[A-Z][a-z]{2} +(\d+) (\d\d):(\d\d):(\d\d)|\d{4}-\S+) (\S+) ([\w-]+)(?:\[\d+\])?: /;

/** Records of a few plain carriers, cut by hand: what these tests ask is not how a prefix is peeled. */
export function recordsOf(text: string): readonly KernelRecord[] {
  return text.split("\n").map(recordOf);
}

function recordOf(source: string, line: number): KernelRecord {
  let rest = source;
  let record: KernelRecord = { ...blankRecord, line };
  const peel = (pattern: RegExp): RegExpExecArray | null => {
    const found = pattern.exec(rest);
    if (found !== null) rest = rest.slice(found[0].length);
    return found;
  };
  const priority = peel(/^<(\d+)>/);
  if (priority !== null) record = { ...record, facility: Number(priority[1]) >> 3 };
  const head = peel(syslog);
  if (head !== null) {
    const [, day, hour, minute, second, host = null, tag = ""] = head;
    const atMs = Date.UTC(1972, 0, Number(day), Number(hour), Number(minute), Number(second));
    record = {
      ...record,
      host,
      tag: tag === "kernel" ? null : tag,
      written:
        day === undefined
          ? null
          : { localMs: atMs, hasYear: false, offsetS: null, resolutionS: 1, by: "received" },
    };
  }
  const stamp = peel(/^\[ *(\d+)\.(\d{6})\](?:\[ *([TC]\d+)\])? ?/);
  if (stamp !== null) {
    const [, seconds, micros, caller = null] = stamp;
    record = { ...record, stampUs: Number(seconds) * 1e6 + Number(micros), caller };
  }
  return { ...record, text: rest.replaceAll(String.raw`\x0a`, "\n") };
}

/** Deaths of a log as a fixture tells them: what is not known is left out, records are 1-based lines. */
export function plainDeaths(log: readonly KernelRecord[]): unknown {
  const { deaths, echoes } = parseDeaths(log);
  const known = (told: object): object =>
    Object.fromEntries(Object.entries(told).filter(([, value]) => value !== null));
  return {
    deaths: deaths.map(({ record, records, ...told }) =>
      Object.assign(known(told), { line: record.line + 1, lines: records.map(({ line }) => line + 1) }),
    ),
    echoes: echoes.map(({ record, ...told }) => Object.assign(known(told), { line: record.line + 1 })),
  };
}
