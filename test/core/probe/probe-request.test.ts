import { readFileSync } from "node:fs";
import { join } from "node:path";
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
    expect(one.command).toBe(`exec sh -s -- '' ${nonce} auto all '' 4194304 '' '' '' ''`);
    expect(other.command).toBe(`exec sh -s -- '/a b' ${"f".repeat(32)} never ps '' 4194304 '' '' '' ''`);
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

  it("wants the word of a mark to be as plain, and leaves it empty where none is asked for", () => {
    expect(() => probeRequest({ nonce, root: "", sudo: "auto", markWord: "a'b" })).toThrow("word of a mark");
    expect(probeRequest({ nonce, root: "", sudo: "auto" }).command).toMatch(/ ''$/u);
  });

  it.each(installedShells)("writes a mark from $name, one line with the host's time", (shell) => {
    const host = buildFileRoot();
    try {
      const markWord = "3f81c0a94d2e7b65";
      const request = probeRequest({ nonce, root: host.root, sudo: "never", markWord });
      const answer = runInShell(shell, request, host);
      const output = splitProbeOutput(answer.stdout, answer.stderr, nonce);
      expect(output.complete).toBe(true);
      const told = Buffer.from(output.sections.get("mark")?.bytes ?? []).toString();
      expect(told).toContain(`word ${markWord}\ndate 1795380400.250000000`);
      expect(readFileSync(join(host.root, "dev/kmsg"), "utf8")).toMatch(
        /started\n<7>inquest mark 3f81c0a94d2e7b65 1795380400\.250000000 \+0800\n$/u,
      );
    } finally {
      host.remove();
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
