import { closedDuring, stateOfWords } from "../classify-failure.ts";
import { HostFailureError } from "../host-failure-error.ts";
import { hostKeyChanged, hostKeyRevoked, hostKeyUnknown, nameOfKeyType } from "../host-key-check.ts";
import { isBeforeLogin, isBeforeNaming } from "../phase.ts";
import type { Phase } from "../phase.ts";
import type { ResolvedTarget } from "../resolved-target.ts";
import type { SshFacts } from "./ssh-log.ts";

/** What is known of a connection that ssh could not open or keep. */
export interface SshFailure {
  readonly phase: Phase;
  readonly target: ResolvedTarget;
  /** What ssh complained of, the oldest first. */
  readonly complaints: readonly string[];
  readonly facts: SshFacts;
}

/** What ssh's words mean for the visit of a host, in the states and words of the other transport; pure. */
export function classifyWords(failure: SshFailure): HostFailureError {
  const { complaints, phase } = failure;
  const proxyWords = wordsOfProxy(failure);
  if (proxyWords !== null)
    return new HostFailureError(
      "jump-failed",
      `ProxyCommand ended: ${proxyWords}`,
      /kex_exchange_identification|Connection (?:reset by peer|closed by)/.test(proxyWords),
    );
  // What ends ssh comes last; before it a host may say in its banner whatever it likes.
  for (const line of complaints.toReversed())
    for (const [pattern, toFailure] of rows) {
      const found = pattern.exec(line);
      if (found !== null) return toFailure(found, failure);
    }
  const last = complaints.at(-1)?.slice(0, 200);
  if (phase === "start") return new HostFailureError("local-error", last ?? "ssh ended and did not say why");
  return last === undefined || phase === "channel open" || phase === "command"
    ? closedDuring(phase)
    : new HostFailureError("unreachable", `${last} during ${phase}`);
}

/** A clock that ran out, with what the ProxyCommand said by then. */
export function explainTimeout(seen: HostFailureError, failure: SshFailure): HostFailureError {
  const words = wordsOfProxy(failure);
  const { state, reason } = seen.failure;
  if (words === null || state !== "timeout-connect") return seen;
  return new HostFailureError(state, `${reason}; ProxyCommand said: ${words}`);
}

/** What a ProxyCommand complained of before any host spoke; null: nothing, or there is none. */
function wordsOfProxy({ target, facts, complaints }: SshFailure): string | null {
  if (target.proxyCommand === null || facts.isSsh) return null;
  return complaints.find((line) => !ownWords.test(line))?.slice(0, 200) ?? null;
}

/** With a ProxyCommand: what ssh itself says of its end, and warnings; the rest are the command's own words. */
const ownWords =
  /^(?:OpenSSH_|kex_exchange_identification: |Connection closed by UNKNOWN|Connection reset by UNKNOWN|banner exchange: |Warning: |\*\* |Load key )/;

type Row = readonly [RegExp, (found: RegExpExecArray, failure: SshFailure) => HostFailureError];

/** SSH_DISCONNECT codes (RFC 4253, 11.1) that mean a refused login when they come in the login. */
const refusedLogin = new Set(["2", "14"]);

const rows: readonly Row[] = [
  [
    /^Host key verification failed\.$|^No \S+ host key is known for /,
    (_, failure) => hostKeyFailure(failure),
  ],
  [
    /Permission denied(?: \(([^)]*)\))?\.$/,
    ([, offered]) =>
      new HostFailureError("auth", `Permission denied${offered === undefined ? "" : ` (${offered})`}.`),
  ],
  [
    /Could not resolve hostname \S+: (.*)$/,
    ([, words], { target }) =>
      new HostFailureError("dns", `Could not resolve hostname ${target.hostname}: ${words}`),
  ],
  [
    /^ssh: connect to (?:host|address) .* port \d+: (.*)$/,
    ([, words = ""]) => new HostFailureError(stateOfWords(words) ?? "unreachable", words),
  ],
  [
    /timed out during banner exchange|^Connection to .* timed out/,
    (_, { phase }) => new HostFailureError("timeout-connect", `Connection timed out during ${phase}`),
  ],
  [
    /^Timeout, server .* not responding|Connection timed out$/,
    (_, { phase }) =>
      new HostFailureError(
        isBeforeLogin(phase) ? "timeout-connect" : "unreachable",
        `Connection timed out, the host stopped answering during ${phase}`,
      ),
  ],
  [
    /^Unable to negotiate with .* port \d+: (.*)$/,
    ([, words]) => new HostFailureError("unreachable", `${words}`),
  ],
  [
    /^(?:Received disconnect from|ssh_dispatch_run_fatal: .*disconnect).* port \d+:(\d+): (.*)$/,
    ([, code = "", words = ""], { phase }) =>
      new HostFailureError(
        phase === "login" && refusedLogin.has(code) ? "auth" : "unreachable",
        `disconnected by the host: ${words.slice(0, 200)}`,
      ),
  ],
  [
    /Connection reset by|Broken pipe$/,
    ([words], { phase }) =>
      new HostFailureError(
        "unreachable",
        `${words.startsWith("Broken") ? words : "Connection reset by peer"} during ${phase}`,
        isBeforeNaming(phase),
      ),
  ],
  [/Connection (?:to \S+ )?closed/, (_, { phase }) => closedDuring(phase)],
  [
    /^(?:kex_exchange_identification|banner exchange): (.*)$|^(Protocol major versions differ.*)$/,
    ([, ...words]) =>
      new HostFailureError("unreachable", `not an SSH-2 server (${words.find(Boolean) ?? ""})`),
  ],
  [
    /(Too many open files(?: in system)?|Cannot allocate memory)$/,
    ([, words = ""]) => new HostFailureError("local-error", words),
  ],
];

/** ssh ends with the same words whether it knew another key or none. */
function hostKeyFailure({ complaints, facts, target }: SshFailure): HostFailureError {
  const [type, print] = facts.hostKey ?? ["host", "of unknown fingerprint"];
  const what = `${nameOfKeyType(type)} key ${print}`;
  const has = (pattern: RegExp): boolean => complaints.some((line) => pattern.test(line));
  if (has(/REVOKED HOST KEY DETECTED|is marked as revoked/)) return hostKeyRevoked(what, "known_hosts");
  const [knownType, place] = facts.knownKey ?? [
    nameOfKeyType(type),
    target.userKnownHostsFiles[0] ?? "known_hosts",
  ];
  // ssh calls it changed too; yet nobody has said that the key which is known is no longer the host's.
  if (knownType !== nameOfKeyType(type))
    return hostKeyUnknown(
      target,
      `the host has no key of a type that is known for it (${knownType}); its other key`,
    );
  if (has(/REMOTE HOST IDENTIFICATION HAS CHANGED|^Host key for .* has changed/))
    return hostKeyChanged(target, what, place);
  return hostKeyUnknown(target, what);
}
