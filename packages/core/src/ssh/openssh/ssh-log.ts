import type { Readable } from "node:stream";
import type { Phase } from "../phase.ts";

/** What ssh -vv has said so far of one connection. Part of it is the host's words: hostile. */
export interface SshLog {
  /** Its last complaints, the oldest first: what ssh says also without -v. */
  readonly complaints: () => readonly string[];
  readonly facts: () => SshFacts;
}

/** What is known of a connection from what ssh -vv said. */
export interface SshFacts {
  /** Address and port that ssh connects to; null: a ProxyCommand does that. */
  readonly address: readonly [string, number] | null;
  /** Type and fingerprint of the key that the host showed. */
  readonly hostKey: readonly [string, string] | null;
  /** Type, as ssh names it, and `file:line` of the key that is known in place of it. */
  readonly knownKey: readonly [string, string] | null;
  /** The host has said that it speaks SSH. */
  readonly isSsh: boolean;
}

/** Who is told of one connection's way. */
export interface SshLogListener {
  readonly phase: (phase: Phase) => void;
  readonly address: (address: string, port: number) => void;
  /** Something that the user should know. */
  readonly notice: (text: string) => void;
  /** Commands and forwardings may be asked for. */
  readonly ready: () => void;
  /** Every line after that. */
  readonly line: (line: string) => void;
}

const mostComplaints = 50;
const longestLine = 1_000;

/** Reads what `ssh -vv` says of a connection (clientloop.c, sshconnect.c, kex.c; the words are the same since 6.x). */
export function readSshLog(stderr: Readable, listener: SshLogListener): SshLog {
  const complaints: string[] = [];
  let facts: SshFacts = { address: null, hostKey: null, knownKey: null, isSsh: false };
  let isReady = false;
  let rest = "";

  const take = (line: string): void => {
    if (isReady) listener.line(line);
    else if (line === "debug1: Entering interactive session.") {
      isReady = true;
      listener.ready();
    }
    if (!/^debug[12]: /.test(line) && line !== "") {
      complaints.push(line);
      if (complaints.length > mostComplaints) complaints.shift();
    }
    const phase = isReady ? undefined : phaseOfLine.find(([pattern]) => pattern.test(line))?.[1];
    if (phase !== undefined) listener.phase(phase);
    facts = { ...facts, ...factOf(line) };
    const notice = noticeOf(line);
    if (notice !== null) listener.notice(notice);
    const connecting = /^debug1: Connecting to \S+ \[(\S+)\] port (\d+)\.$/.exec(line);
    if (connecting?.[1] !== undefined) {
      const port = Number(connecting[2]);
      facts = { ...facts, address: [connecting[1], port] };
      listener.address(connecting[1], port);
    }
  };
  stderr.setEncoding("utf8").on("data", (chunk: string) => {
    const lines = (rest + chunk).split("\n");
    rest = (lines.pop() ?? "").slice(0, longestLine);
    for (const line of lines) take(line.replace(/\r$/, "").slice(0, longestLine));
  });
  return { complaints: () => complaints, facts: () => facts };
}

/** The line with which each phase begins. */
const phaseOfLine: readonly (readonly [RegExp, Phase])[] = [
  [/^debug1: Connecting to /, "connect"],
  [/^debug1: (?:Connection established\.|Executing proxy command: )/, "banner exchange"],
  [/^debug1: Remote protocol version /, "key exchange"],
  [/^debug1: SSH2_MSG_NEWKEYS received/, "login"],
  [/^Authenticated to /, "channel open"],
];

/** ssh tells of a touch only on a terminal of its own; a key that it could not read is no fault of the host's. */
function noticeOf(line: string): string | null {
  const [, unread, words] = /^Load key "(.+)": (.+)$/.exec(line) ?? [];
  if (unread !== undefined) return `key ${unread}: ${words}`;
  const fido = /^debug1: Server accepts key: (.+) \S+-SK SHA256:/.exec(line)?.[1];
  return fido === undefined ? null : `key ${fido}: a security key, it may wait to be touched`;
}

function factOf(line: string): Partial<SshFacts> {
  if (line.startsWith("debug1: Remote protocol version 2.0")) return { isSsh: true };
  const [, type, print] =
    /^debug1: Server host (?:key|certificate): (\S+?)(?:-cert-v01@openssh\.com)? (SHA256:[^ ,]+)/.exec(
      line,
    ) ?? [];
  if (type !== undefined && print !== undefined) return { hostKey: [type, print] };
  const [, knownType, place] = /^Offending (\S+) key in (.+:\d+)$/.exec(line) ?? [];
  return knownType === undefined || place === undefined ? {} : { knownKey: [knownType, place] };
}
