import { expect, test } from "vitest";
import { classifyWords } from "../../../../packages/core/src/ssh/openssh/classify-words.ts";
import type { Phase } from "../../../../packages/core/src/ssh/phase.ts";
import { resolvedTargetOf } from "../../../support/sshd/resolved-target-of.ts";

const target = resolvedTargetOf("web1", {
  hostname: "192.0.2.1",
  userKnownHostsFiles: ["/home/tester/.ssh/known_hosts"],
});
const facts = { address: null, hostKey: null, knownKey: null, isSsh: true } as const;

const rows: readonly (readonly [Phase, string, string, string, boolean])[] = [
  [
    "connect",
    "ssh: connect to host web1 port 22: No route to host",
    "unreachable",
    "No route to host",
    false,
  ],
  [
    "connect",
    "ssh: connect to host web1 port 22: Connection timed out",
    "timeout-connect",
    "Connection timed out",
    false,
  ],
  ["connect", "socket: Too many open files", "local-error", "Too many open files", false],
  [
    "banner exchange",
    "Connection timed out during banner exchange",
    "timeout-connect",
    "Connection timed out during banner exchange",
    false,
  ],
  [
    "key exchange",
    "kex_exchange_identification: Connection closed by remote host",
    "unreachable",
    "Connection closed by remote host during key exchange",
    true,
  ],
  [
    "key exchange",
    "kex_exchange_identification: read: Connection reset by peer",
    "unreachable",
    "Connection reset by peer during key exchange",
    true,
  ],
  [
    "key exchange",
    "kex_exchange_identification: banner line contains invalid characters",
    "unreachable",
    "not an SSH-2 server (banner line contains invalid characters)",
    false,
  ],
  [
    "login",
    "Received disconnect from 192.0.2.1 port 22:2: Too many authentication failures",
    "auth",
    "disconnected by the host: Too many authentication failures",
    false,
  ],
  [
    "login",
    "Connection closed by 192.0.2.1 port 22",
    "unreachable",
    "Connection closed by remote host during login",
    false,
  ],
  [
    "login",
    "tester@web1: Permission denied (publickey,gssapi-with-mic).",
    "auth",
    "Permission denied (publickey,gssapi-with-mic).",
    false,
  ],
  [
    "command",
    "Timeout, server web1 not responding.",
    "unreachable",
    "Connection timed out, the host stopped answering during command",
    false,
  ],
  [
    "start",
    "/etc/ssh/ssh_config: line 3: Bad configuration option: nonsense",
    "local-error",
    "/etc/ssh/ssh_config: line 3: Bad configuration option: nonsense",
    false,
  ],
];

test.each(rows)("during %s: %s", (phase, words, state, reason, passing) => {
  const failure = classifyWords({ phase, target, facts, complaints: ["OpenSSH_9.2p1", words] });
  expect([failure.failure, failure.passing]).toEqual([{ state, reason }, passing]);
});

test("a banner does not speak for ssh", () => {
  const complaints = [
    "Permission denied.",
    "Host key verification failed.",
    "Connection closed by 192.0.2.1 port 22",
  ];
  const { failure } = classifyWords({ phase: "login", target, facts, complaints });
  expect(failure.state).toBe("unreachable");
});

test("a ProxyCommand that met a full server may be tried again", () => {
  const proxied = { ...target, proxyCommand: "ssh -W %h:%p bastion" };
  const words = "Connection closed by 192.0.2.7 port 22";
  const complaints = [words, "kex_exchange_identification: Connection closed by remote host"];
  const failure = classifyWords({
    phase: "key exchange",
    target: proxied,
    facts: { ...facts, isSsh: false },
    complaints,
  });
  expect([failure.failure, failure.passing]).toEqual([
    { state: "jump-failed", reason: `ProxyCommand ended: ${words}` },
    true,
  ]);
});
