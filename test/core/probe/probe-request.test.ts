import { describe, expect, it } from "vitest";
import { probeRequest } from "../../../packages/core/src/probe/probe-request.ts";
import { splitProbeOutput } from "../../../packages/core/src/probe/split-probe-output.ts";
import { buildFileRoot } from "../../support/file-root.ts";
import { installedShells, runInShell } from "../../support/shells.ts";

const nonce = "0123456789abcdef0123456789abcdef";

describe("probeRequest", () => {
  it("differs between hosts in its quoted arguments alone", () => {
    const one = probeRequest({ nonce, root: "", sudo: "auto" });
    const other = probeRequest({ nonce: "f".repeat(32), root: "/a b", sudo: "never", sections: ["ps"] });
    expect(one.command).toBe(`exec sh -s -- '' ${nonce} auto all '' 4194304 '' '' ''`);
    expect(other.command).toBe(`exec sh -s -- '/a b' ${"f".repeat(32)} never ps '' 4194304 '' '' ''`);
    expect(one.stdin.equals(other.stdin)).toBe(true);
  });

  it("never sets TZ, which would hide the host's zone", () => {
    expect(probeRequest({ nonce, root: "", sudo: "auto" }).stdin.toString()).not.toMatch(/\bTZ\b/u);
  });

  it("wants a nonce that nobody guesses", () => {
    for (const bad of ["", "short", "0123456789abcde;", "x".repeat(65)]) {
      expect(() => probeRequest({ nonce: bad, root: "", sudo: "auto" })).toThrow("a nonce is");
    }
  });

  it.each(installedShells)("works for a user whose login shell is $name", (shell) => {
    const host = buildFileRoot({ name: "it's a 'b' \\ !" });
    try {
      const answer = runInShell(shell, probeRequest({ nonce, root: host.root, sudo: "never" }), host);
      const output = splitProbeOutput(answer.stdout, answer.stderr, nonce);
      expect(output.complete).toBe(true);
      expect(Buffer.from(output.sections.get("kernel-log")?.bytes ?? []).toString()).toContain("started");
    } finally {
      host.remove();
    }
  });
});
