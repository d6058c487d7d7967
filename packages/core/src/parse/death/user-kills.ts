import type { KernelRecord } from "../../model/kernel-record.ts";
import type { KillLine, KillerLine, MoreLine } from "./death-line.ts";
import { draftDeath, newestOf } from "./draft-death.ts";
import type { DraftDeath } from "./draft-death.ts";
import { areNear } from "./near.ts";
import { toDetail } from "./told-death.ts";

/** earlyoom waits ten seconds at most; systemd-oomd kills what it has marked at its next look. */
const sameKillMs = 60_000;
const sameKillLines = 200;
/** lowmem_scan()'s message is four lines. */
const moreLines = 8;

/** What one host's killers in user space have said last. */
interface Speech {
  low: { readonly words: string; readonly record: KernelRecord } | null;
  last: DraftDeath | null;
  /** By pid, or by control group where a whole one is killed. */
  readonly known: Map<string, DraftDeath>;
}

/** Kills by earlyoom, systemd-oomd, oomd, lowmemorykiller and lmkd in one boot. */
export interface UserKills {
  /** The draft that a line begins, or null where it belongs to one that is known. */
  readonly take: (line: KillLine, record: KernelRecord, boot: number) => DraftDeath | null;
  readonly takeWord: (line: KillerLine, record: KernelRecord) => void;
  readonly takeMore: (line: MoreLine, record: KernelRecord) => void;
  readonly forget: () => void;
}

/** Begins to listen to the killers of every host in a log. */
export function userKills(): UserKills {
  const speeches = new Map<string | null, Speech>();
  const speechOf = (host: string | null): Speech => {
    const known = speeches.get(host) ?? { low: null, last: null, known: new Map<string, DraftDeath>() };
    speeches.set(host, known);
    return known;
  };
  return {
    take: ({ death }, record, boot) => {
      const speech = speechOf(record.host);
      const key = death.pid === null ? `${death.cgroup}` : `${death.pid}`;
      const older = speech.known.get(key) ?? null;
      if (older !== null && isSame(older, death, record)) {
        older.records.push(record);
        const { told } = older;
        const isMore = death.confirmed && !told.confirmed;
        older.told = {
          ...told,
          confirmed: told.confirmed || death.confirmed,
          rssKiB: told.rssKiB ?? death.rssKiB,
          detail: isMore && death.pid !== null ? thenKilled(told.detail) : told.detail,
        };
        if (isMore) older.record = record;
        speech.last = older;
        return null;
      }
      const { low } = speech;
      const isLow = low !== null && death.pid !== null && areNear(low.record, record, sameKillMs, moreLines);
      const draft = draftDeath(
        isLow ? { ...death, detail: joined(death.detail, low.words) } : death,
        record,
        boot,
      );
      if (isLow) draft.records.unshift(low.record);
      speech.low = null;
      speech.known.set(key, draft);
      speech.last = draft;
      return draft;
    },
    takeWord: (line, record) => {
      const speech = speechOf(record.host);
      if (line.says === "low") {
        speech.low = { words: line.words ?? "", record };
        return;
      }
      const named = line.pid === null ? speech.last : (speech.known.get(`${line.pid}`) ?? null);
      if (named === null || !areNear(newestOf(named), record, sameKillMs, sameKillLines)) return;
      named.records.push(record);
      named.told = { ...named.told, ...toldBy(line, named.told) };
      if (line.says === "dryrun" || (line.says === "failed" && line.words !== "Timer expired")) {
        named.isDropped = true;
        speech.known.delete(`${named.told.pid}`);
        speech.last = null;
      }
    },
    takeMore: ({ words, rssKiB }, record) => {
      const { last } = speechOf(record.host);
      if (last === null || !areNear(last.record, record, 2000, moreLines)) return;
      last.records.push(record);
      last.told = {
        ...last.told,
        rssKiB: last.told.rssKiB ?? rssKiB,
        detail: toDetail(`${last.told.detail ?? ""} ${words}`),
      };
    },
    forget: () => {
      speeches.clear();
    },
  };
}

/** The same pid and name again is an escalation; the same group again only where it was just marked, or said twice. */
function isSame(older: DraftDeath, death: KillLine["death"], record: KernelRecord): boolean {
  const { told } = older;
  if (!areNear(newestOf(older), record, sameKillMs, sameKillLines)) return false;
  if (death.pid !== null) return told.name === death.name;
  return !told.confirmed || (told.detail === death.detail && areNear(newestOf(older), record, 1000, 1));
}

function toldBy({ says, words }: KillerLine, { detail }: DraftDeath["told"]): Partial<DraftDeath["told"]> {
  switch (says) {
    case "escalates":
      return { confirmed: true, detail: thenKilled(detail) };
    case "exited":
      return { confirmed: true };
    // "kill failed: Timer expired" says once more that it did not exit.
    case "stays":
    case "failed":
      return { confirmed: false };
    case "group":
      return { detail: joined(detail, words) };
    default:
      return {};
  }
}

function thenKilled(detail: string | null): string | null {
  return toDetail((detail ?? "").replace(/^SIGTERM(?=,|;|$)/u, "SIGTERM, then SIGKILL"));
}

function joined(detail: string | null, more: string | null): string | null {
  return toDetail([detail, more].filter((part) => part !== null).join("; "));
}
