import type { HostReading } from "../model/host-reading.ts";
import { isReadState } from "../model/host-result.ts";
import type { ProbeAnswer, ProbeOutput } from "../model/probe-output.ts";
import type { Evidence, KnownBoot, Visit, VisitRecord } from "../model/visit.ts";
import { visitRecordOf } from "./visit-record-of.ts";

/**
 * Reads the stored sections of a visit again with the parsers of today. `known` are the boots that the visits before
 * it lead to, read again as well; the row of the visit itself stays what it was.
 */
export function rereadVisit(
  visit: Visit,
  sections: readonly Evidence[],
  known: readonly KnownBoot[],
): VisitRecord {
  const record = visitRecordOf(readingOf(visit, sections), withBootOf(visit, known), visit.endedMs);
  return { ...record, visit, evidence: sections };
}

/** A visit as it came in. How its sections had ended was not kept: those of a host that was read had ended well. */
function readingOf(visit: Visit, sections: readonly Evidence[]): HostReading {
  const isRead = isReadState(visit.state);
  const output: ProbeOutput = {
    sections: new Map(
      sections.map(({ section, via, bytes }) => [
        section,
        { via, bytes, status: isRead ? 0 : null, complaint: "" },
      ]),
    ),
    complete: isRead,
    noiseBytes: 0,
  };
  const answer: ProbeAnswer = {
    output,
    refusal: null,
    complaints: visit.complaints,
    sentMs: visit.startedMs,
    receivedMs: visit.endedMs,
  };
  const { host, name, user, port, listedAddress, jump, identityFile, groups, address } = visit;
  const shared = {
    target: { host, name, address: listedAddress, user, port, jump, identityFile, groups, origin: "" },
    address,
    tookMs: visit.endedMs - visit.startedMs,
  };
  return isReadState(visit.state)
    ? { ...shared, ok: true, value: answer, kept: null }
    : { ...shared, ok: false, failure: { state: visit.state, reason: visit.reason ?? "" }, kept: answer };
}

/** A boot keeps the name it was given when it was first seen. */
function withBootOf({ boot, bootId, bootAtMs }: Visit, known: readonly KnownBoot[]): readonly KnownBoot[] {
  if (boot === null || known.some((one) => one.boot === boot)) return known;
  const unread = {
    lastStampUs: null,
    lastSeq: null,
    readMs: null,
    drift: null,
    tail: [],
    visitedMs: null,
    lastWords: null,
    lateKills: [],
  };
  return [...known, { boot, bootId, bootAtMs, ...unread }];
}
