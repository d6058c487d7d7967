import { describe, expect, test } from "vitest";
import { classifyFailure, closedDuring } from "../../../packages/core/src/ssh/classify-failure.ts";
import type { Phase } from "../../../packages/core/src/ssh/phase.ts";

const system = (code: string, message = "syscall failed"): Error =>
  Object.assign(new Error(message), { code });
const ofSsh2 = (message: string, level: string): Error => Object.assign(new Error(message), { level });

describe("an error becomes a state and a reason in the words of ssh or the kernel", () => {
  test.each<[Error, Phase, string, string]>([
    [system("ENOTFOUND"), "name lookup", "dns", "Could not resolve hostname web1: Name or service not known"],
    [
      system("EAI_AGAIN"),
      "name lookup",
      "dns",
      "Could not resolve hostname web1: Temporary failure in name resolution",
    ],
    [system("ECONNREFUSED"), "connect", "refused", "Connection refused"],
    [system("EHOSTUNREACH"), "connect", "unreachable", "No route to host"],
    [system("ENETUNREACH"), "connect", "unreachable", "Network is unreachable"],
    [system("ETIMEDOUT"), "connect", "timeout-connect", "Connection timed out"],
    [system("ETIMEDOUT"), "command", "timeout-command", "Connection timed out during command"],
    [system("ECONNRESET"), "command", "unreachable", "Connection reset by peer during command"],
    [system("EMFILE"), "connect", "local-error", "Too many open files"],
    [system("EMFILE"), "name lookup", "local-error", "Too many open files"],
    [system("ENFILE"), "connect", "local-error", "Too many open files in system"],
    [system("ESTRANGE", "strange thing"), "connect", "unreachable", "strange thing"],
    [
      new AggregateError([system("ECONNREFUSED"), system("ENETUNREACH")], "x"),
      "connect",
      "refused",
      "Connection refused",
    ],
    [
      ofSsh2("Handshake failed: no matching C->S cipher", "handshake"),
      "key exchange",
      "unreachable",
      "no matching C->S cipher",
    ],
    [
      ofSsh2("All configured authentication methods failed", "client-authentication"),
      "login",
      "auth",
      "Permission denied.",
    ],
    [
      Object.assign(new Error("Too many authentication failures"), { code: 2 }),
      "login",
      "auth",
      "disconnected by the host: Too many authentication failures",
    ],
    [
      Object.assign(new Error("bye"), { code: 11 }),
      "command",
      "unreachable",
      "disconnected by the host: bye",
    ],
    [
      ofSsh2("Keepalive timeout", "client-timeout"),
      "command",
      "unreachable",
      "Connection timed out, the host stopped answering during command",
    ],
    [
      new Error("Invalid identification string"),
      "key exchange",
      "unreachable",
      "not an SSH-2 server (Invalid identification string)",
    ],
    [new TypeError("x is not a function"), "command", "local-error", "x is not a function"],
  ])("%s in %s", (error, phase, state, reason) => {
    expect(classifyFailure(error, phase, "web1").failure).toEqual({ state, reason });
  });
});

describe("only a connection that was dropped before we said who we are may be tried again", () => {
  test.each<[Error, Phase, boolean]>([
    [ofSsh2("Connection lost before handshake", "protocol"), "key exchange", true],
    [system("ECONNRESET"), "key exchange", true],
    [system("ECONNRESET"), "login", false],
    [system("ECONNRESET"), "command", false],
    [system("ECONNREFUSED"), "connect", false],
    [ofSsh2("All configured authentication methods failed", "client-authentication"), "login", false],
    [ofSsh2("Host denied (verification failed)", "handshake"), "key exchange", false],
    [closedDuring("key exchange"), "key exchange", true],
    [closedDuring("login"), "login", false],
  ])("%s in %s: %s", (error, phase, passing) => {
    expect(classifyFailure(error, phase, "web1").passing).toBe(passing);
  });
});

test("a reason from the host is cut to a length that fits a line", () => {
  const { reason } = classifyFailure(
    Object.assign(new Error("x".repeat(5_000)), { code: 11 }),
    "login",
    "web1",
  ).failure;
  expect(reason.length).toBeLessThan(300);
});
