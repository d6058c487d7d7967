import type { FailedState } from "../model/host-result.ts";
import { HostFailureError } from "./host-failure-error.ts";
import { isBeforeLogin, isBeforeNaming } from "./phase.ts";
import type { Phase } from "./phase.ts";

/** System errors (errno(3)) as the kernel words them, and the state each leads to. */
const systemErrors = new Map<string, readonly [FailedState, string]>([
  ["ECONNREFUSED", ["refused", "Connection refused"]],
  ["ECONNRESET", ["unreachable", "Connection reset by peer"]],
  ["EPIPE", ["unreachable", "Broken pipe"]],
  ["ETIMEDOUT", ["timeout-connect", "Connection timed out"]],
  ["EHOSTUNREACH", ["unreachable", "No route to host"]],
  ["EHOSTDOWN", ["unreachable", "Host is down"]],
  ["ENETUNREACH", ["unreachable", "Network is unreachable"]],
  ["ENETDOWN", ["unreachable", "Network is down"]],
  ["EMFILE", ["local-error", "Too many open files"]],
  ["ENFILE", ["local-error", "Too many open files in system"]],
  ["ENOMEM", ["local-error", "Cannot allocate memory"]],
  ["ENOBUFS", ["local-error", "No buffer space available"]],
  ["EADDRNOTAVAIL", ["local-error", "Cannot assign requested address"]],
  ["EACCES", ["local-error", "Permission denied by this machine"]],
  ["EPERM", ["local-error", "Operation not permitted by this machine"]],
]);

/** getaddrinfo(3) errors as glibc words them. */
const nameErrors = new Map<string, string>([
  ["ENOTFOUND", "Name or service not known"],
  ["ENODATA", "No address associated with hostname"],
  ["EAI_AGAIN", "Temporary failure in name resolution"],
  ["EAI_FAIL", "Non-recoverable failure in name resolution"],
]);

/** What ssh2 says of a first line that is no SSH-2 identification (RFC 4253, 4.2). */
const notSsh = /identification string|^Invalid header|^Header line too long|^Max greeting lines/i;

/** SSH_DISCONNECT codes (RFC 4253, 11.1) that mean a refused login when they come in the login. */
const refusedLogin = new Set<unknown>([2, 14]);

/** The state behind a system error that another program tells in the kernel's words. */
export function stateOfWords(told: string): FailedState | null {
  return [...systemErrors.values()].find(([, words]) => words === told)?.[0] ?? null;
}

/** What an error of Node or ssh2 means for the visit of a host; pure. `name` is the name that was looked up. */
export function classifyFailure(error: unknown, phase: Phase, name: string): HostFailureError {
  if (error instanceof HostFailureError) return error;
  // ssh2 hands what our own callbacks throw to its `error` event, where it looks like the network's fault.
  const ours = error instanceof TypeError || error instanceof ReferenceError || error instanceof RangeError;
  if (!(error instanceof Error) || ours || phase === "start") {
    return new HostFailureError("local-error", error instanceof Error ? error.message : String(error));
  }
  const code = codeOf(error);
  const level = "level" in error ? error.level : null;

  if (typeof code === "string") {
    if (phase === "name lookup" && !systemErrors.has(code)) {
      const words = nameErrors.get(code) ?? error.message;
      return new HostFailureError("dns", `Could not resolve hostname ${name}: ${words}`);
    }
    if (code === "ETIMEDOUT" && !isBeforeLogin(phase)) {
      return new HostFailureError("timeout-command", duringPhase("Connection timed out", phase));
    }
    const [state, words] = systemErrors.get(code) ?? ["unreachable", error.message];
    const dropped = code === "ECONNRESET" && isBeforeNaming(phase);
    return new HostFailureError(state, duringPhase(words, phase), dropped);
  }
  if (level === "client-timeout") {
    const state = isBeforeLogin(phase) ? "timeout-connect" : "unreachable";
    return new HostFailureError(
      state,
      duringPhase("Connection timed out, the host stopped answering", phase),
    );
  }
  if (level === "client-authentication") return new HostFailureError("auth", "Permission denied.");
  if (error.message === "Connection lost before handshake") return closedDuring(phase);
  if (level === "handshake")
    return new HostFailureError("unreachable", error.message.replace(/^Handshake failed: /, ""));
  if ((phase === "banner exchange" || phase === "key exchange") && notSsh.test(error.message)) {
    return new HostFailureError("unreachable", `not an SSH-2 server (${error.message})`);
  }
  if (typeof code === "number") {
    const state = phase === "login" && refusedLogin.has(code) ? "auth" : "unreachable";
    return new HostFailureError(state, `disconnected by the host: ${error.message.slice(0, 200)}`);
  }
  return new HostFailureError("unreachable", duringPhase(error.message.slice(0, 200), phase));
}

/** The host closed the connection and said nothing; before its banner that is what a full sshd does (MaxStartups). */
export function closedDuring(phase: Phase): HostFailureError {
  return new HostFailureError(
    "unreachable",
    `Connection closed by remote host during ${phase}`,
    isBeforeNaming(phase),
  );
}

/** Connecting needs no place: "Connection refused" is all that ssh says too. */
function duringPhase(words: string, phase: Phase): string {
  return phase === "connect" || phase === "name lookup" ? words : `${words} during ${phase}`;
}

/** With several addresses Node wraps the errors of all; the first one speaks. */
function codeOf(error: Error): unknown {
  if ("code" in error && error.code !== undefined) return error.code;
  return error instanceof AggregateError && error.errors[0] instanceof Error ? codeOf(error.errors[0]) : null;
}
