import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { openKnownHosts, toHostKeyName } from "../../../packages/core/src/ssh/known-hosts.ts";
import type { HostKeyVerdict } from "../../../packages/core/src/ssh/known-hosts.ts";
import { parseKnownHosts } from "../../../packages/core/src/ssh/parse-known-hosts.ts";
import { makeKeyPair } from "../../support/ssh-keys.ts";
import { provideSshd, putOnPath } from "../../support/sshd/provide-sshd.ts";

const key = (type: "ed25519" | "ecdsa" | "rsa" = "ed25519"): string =>
  makeKeyPair(type).public.split(" ").slice(0, 2).join(" ");
const [ed1, ed2, ed3, rsa1] = [key(), key(), key(), key("rsa")];
const blob = (line: string): Buffer => Buffer.from(line.split(" ")[1] ?? "", "base64");

function judge(text: string, host: string, presented: string, port = 22): HostKeyVerdict {
  return openKnownHosts(parseKnownHosts(text, "kh")).judge(toHostKeyName(host, port, null), blob(presented));
}

describe("a host key", () => {
  test.each([
    ["a plain name", `web1 ${ed1}`, "web1", 22, "known"],
    ["the name in other letters", `Web1 ${ed1}`, "WEB1", 22, "known"],
    ["one of several names", `web1,10.0.0.1 ${ed1} comment of mine`, "10.0.0.1", 22, "known"],
    ["another key of the same type", `web1 ${ed2}`, "web1", 22, "changed"],
    ["a key of another type only", `web1 ${rsa1}`, "web1", 22, "unknown"],
    ["one of two keys of one type", `web1 ${ed2}\nweb1 ${ed1}`, "web1", 22, "known"],
    ["another host", `web2 ${ed1}`, "web1", 22, "unknown"],
    ["a pattern", `*.example ${ed1}`, "web1.example", 22, "known"],
    ["a pattern with ?", `web? ${ed1}`, "web1", 22, "known"],
    ["a dot is only a dot", `web.example ${ed1}`, "webxexample", 22, "unknown"],
    ["a negated pattern", `*.example,!web1.example ${ed1}`, "web1.example", 22, "unknown"],
    ["a name with port", `[web1]:2222 ${ed1}`, "web1", 2222, "known"],
    ["another port", `[web1]:2222 ${ed1}`, "web1", 2223, "unknown"],
    ["the name without its port", `web1 ${ed1}`, "web1", 2222, "known"],
    ["another key without port says nothing", `web1 ${ed2}`, "web1", 2222, "unknown"],
    ["a revoked key", `@revoked * ${ed1}\nweb1 ${ed1}`, "web1", 22, "revoked"],
    ["a revoked key of others", `@revoked * ${ed2}\nweb1 ${ed1}`, "web1", 22, "known"],
    ["a certificate authority is no host key", `@cert-authority * ${ed1}`, "web1", 22, "unknown"],
    ["a comment", `# web1 ${ed1}`, "web1", 22, "unknown"],
    ["an SSH-1 key", `web1 1024 35 1234567`, "web1", 22, "unknown"],
    ["a broken line before it", `web1\n\nweb1 ${ed1}`, "web1", 22, "known"],
    ["tabs and a carriage return", `web1\t${ed1}\r`, "web1", 22, "known"],
  ])("%s", (_what, text, host, port, verdict) => {
    expect(judge(text, host, ed1, port).verdict).toBe(verdict);
  });

  test("that changed is found with its place", () => {
    expect(judge(`# mine\nweb1 ${ed2}`, "web1", ed1)).toEqual({ verdict: "changed", place: "kh:2" });
  });

  test("under an alias is looked up by the alias alone", () => {
    const known = openKnownHosts(parseKnownHosts(`fleet ${ed1}`, "kh"));
    expect(known.judge(toHostKeyName("web1", 2222, "Fleet"), blob(ed1)).verdict).toBe("known");
  });

  test("added later is known from then on", () => {
    const known = openKnownHosts([]);
    const name = toHostKeyName("web1", 22, null);
    known.add({
      place: "kh",
      marker: null,
      names: "web1",
      keyType: "ssh-ed25519",
      key: blob(ed1).toString("base64"),
    });
    expect(known.judge(name, blob(ed1)).verdict).toBe("known");
    expect(known.plainTypesOf(name)).toEqual(["ssh-ed25519"]);
  });
});

describe("ssh-keygen agrees", () => {
  const folder = mkdtempSync(join(tmpdir(), "inquest-known-"));
  const file = join(folder, "known_hosts");
  const hosts = ["web1", "web1.example", "10.0.0.7", "fe80::1"];
  beforeAll(async () => putOnPath(await provideSshd()));
  afterAll(() => rmSync(folder, { recursive: true }));

  const text = [
    `web1 ${ed1}`,
    `[web1]:2222 ${ed2}`,
    `*.example,!bad.example ${ed3}`,
    `10.0.0.? ${rsa1}`,
    `fe80::1,[fe80::1]:2222 ${ed1}`,
    "# a comment",
  ].join("\n");

  /** Keys that `ssh-keygen -F` finds for a name: every line with the name, plain or hashed. */
  const foundByOpenSsh = (name: string): readonly string[] => {
    try {
      const answer = execFileSync("ssh-keygen", ["-F", name, "-f", file], { encoding: "utf8" });
      return answer
        .split("\n")
        .filter((line) => line !== "" && !line.startsWith("#"))
        .map((line) => line.split(" ")[2] ?? "");
    } catch {
      return [];
    }
  };
  const cases = hosts.flatMap((host) => [22, 2222].map((port) => [host, port] as const));

  test.each(["plain", "hashed"])("on every name, %s", (form) => {
    writeFileSync(file, `${text}\n`);
    if (form === "hashed") execFileSync("ssh-keygen", ["-H", "-f", file], { stdio: "pipe" });
    const known = openKnownHosts(parseKnownHosts(readFileSync(file, "latin1"), file));
    for (const [host, port] of cases) {
      const name = { ...toHostKeyName(host, port, null), bare: null };
      const expected = foundByOpenSsh(name.name);
      const ours = [ed1, ed2, ed3, rsa1].filter((line) => known.judge(name, blob(line)).verdict === "known");
      expect([form, name.name, ours.map((line) => line.split(" ")[1])]).toEqual([form, name.name, expected]);
    }
  });

  test("a hashed host whose key changed is found", () => {
    writeFileSync(file, `web1 ${ed1}\n`);
    execFileSync("ssh-keygen", ["-H", "-f", file], { stdio: "pipe" });
    expect(readFileSync(file, "utf8")).not.toContain("web1");
    expect(judge(readFileSync(file, "latin1"), "web1", ed2).verdict).toBe("changed");
  });
});
