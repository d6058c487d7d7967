import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from "vitest";
import { openResolver } from "../../../packages/core/src/ssh/resolve.ts";
import type { ResolveOptions, Resolver, SshOverrides } from "../../../packages/core/src/ssh/resolve.ts";
import { toTarget } from "../../support/sshd/fleet-options-of.ts";
import { provideSshd, putOnPath } from "../../support/sshd/provide-sshd.ts";

const folder = mkdtempSync(join(tmpdir(), "inquest-resolve-"));
const configFile = join(folder, "config");
const account = { user: "me", home: "/home/me" };
const nothing: SshOverrides = { configFile, user: null, identityFile: null, jump: null };

beforeAll(async () => putOnPath(await provideSshd()));
afterAll(() => {
  opened.forEach((resolver) => resolver.close());
  rmSync(folder, { recursive: true });
});

const opened: Resolver[] = [];
function resolverOf(options: ResolveOptions): Resolver["resolve"] {
  const resolver = openResolver(options);
  opened.push(resolver);
  return async (target) => resolver.resolve(target);
}

function optionsWith(config: string, changes: Partial<ResolveOptions> = {}): ResolveOptions {
  writeFileSync(configFile, config);
  return {
    overrides: nothing,
    useSshConfig: true,
    knownHostsFiles: null,
    account,
    resolveMs: 10_000,
    notice: () => {},
    ...changes,
  };
}

describe("ssh's own configuration decides", () => {
  test("address, port, user, keys and known_hosts, included files too", async () => {
    writeFileSync(join(folder, "more"), "Host web*\n  Port 2200\n  User ops\n");
    const resolve = resolverOf(
      optionsWith(
        [
          `Include ${join(folder, "more")}`,
          "Host web1",
          "  HostName 10.0.0.7",
          "  IdentityFile ~/.ssh/%r_key",
          `  IdentityFile "${folder}/a key"`,
          "  IdentitiesOnly yes",
          `  UserKnownHostsFile "${folder}/a b" ${folder}/c`,
          "  HostKeyAlias fleet",
          "  AddressFamily inet",
        ].join("\n"),
      ),
    );
    expect(await resolve(toTarget({ name: "web1" }))).toMatchObject({
      name: "web1",
      hostname: "10.0.0.7",
      port: 2200,
      user: "ops",
      family: 4,
      identityFiles: ["/home/me/.ssh/ops_key", `${folder}/a key`],
      identitiesOnly: true,
      userKnownHostsFiles: [`${folder}/a b`, `${folder}/c`],
      hostKeyAlias: "fleet",
      proxyJump: null,
      proxyCommand: null,
    });
  });

  test("what the list and the command line say comes first, the list before the command line", async () => {
    const overrides = { ...nothing, user: "cli", jump: "none" };
    const resolve = resolverOf(
      optionsWith("Host *\n  User file\n  Port 2200\n  ProxyJump bastion\n", { overrides }),
    );
    expect(await resolve(toTarget({ name: "web1" }))).toMatchObject({
      user: "cli",
      port: 2200,
      proxyJump: null,
    });
    expect(await resolve(toTarget({ name: "web1", user: "list", port: 22 }))).toMatchObject({
      user: "list",
      port: 22,
    });
  });

  test("jump hosts and proxy commands are told, `none` is none", async () => {
    const config =
      "Host a\n  ProxyJump j1,j2\nHost b\n  ProxyCommand nc %h %p\nHost c\n  ProxyCommand none\n";
    const resolve = resolverOf(optionsWith(config));
    expect(await resolve(toTarget({ name: "a" }))).toMatchObject({ proxyJump: "j1,j2" });
    expect(await resolve(toTarget({ name: "b" }))).toMatchObject({ proxyCommand: "nc %h %p" });
    expect(await resolve(toTarget({ name: "c" }))).toMatchObject({ proxyJump: null, proxyCommand: null });
  });

  test("a broken configuration fails the host in ssh's words", async () => {
    const resolve = resolverOf(optionsWith("Bogus yes\n"));
    await expect(resolve(toTarget({ name: "web1" }))).rejects.toMatchObject({
      failure: { state: "local-error", reason: expect.stringContaining("Bad configuration option: bogus") },
    });
  });

  test("a key given on the command line that is not there is told once", async () => {
    const notice = vi.fn<(text: string) => void>();
    const overrides = { ...nothing, identityFile: join(folder, "nokey") };
    const resolve = resolverOf(optionsWith("", { overrides, notice }));
    await resolve(toTarget({ name: "web1" }));
    await resolve(toTarget({ name: "web2" }));
    expect(notice.mock.calls).toEqual([[expect.stringContaining("nokey not accessible")]]);
  });
});

describe("a name that a shell or ssh could misread never reaches ssh", () => {
  test.each(["-oProxyCommand=touch${IFS}/tmp/x", "web;id", "web$(id)", "a b", "", "web\u001b[31m", "`id`"])(
    "%j",
    async (name) => {
      const resolve = resolverOf(optionsWith(""));
      await expect(resolve(toTarget({ name }))).rejects.toMatchObject({
        failure: { state: "dns", reason: "hostname contains invalid characters" },
      });
    },
  );

  test("nor does such a user", async () => {
    const resolve = resolverOf(optionsWith(""));
    await expect(resolve(toTarget({ name: "web1", user: "-oX" }))).rejects.toMatchObject({
      failure: { state: "auth" },
    });
  });
});

describe("without ssh", () => {
  const path = process.env["PATH"];
  beforeEach(() => {
    process.env["PATH"] = folder;
  });
  afterEach(() => {
    process.env["PATH"] = path;
  });

  test("OpenSSH's defaults are used where no configuration says more, and that is said once", async () => {
    const notice = vi.fn<(text: string) => void>();
    const resolve = resolverOf(optionsWith("", { notice }));
    await resolve(toTarget({ name: "web2" }));
    expect(await resolve(toTarget({ name: "Web1" }))).toMatchObject({
      hostname: "web1",
      port: 22,
      user: "me",
      identityFiles: ["/home/me/.ssh/id_rsa", "/home/me/.ssh/id_ecdsa", "/home/me/.ssh/id_ed25519"],
      userKnownHostsFiles: ["/home/me/.ssh/known_hosts", "/home/me/.ssh/known_hosts2"],
    });
    expect(notice.mock.calls).toEqual([[expect.stringContaining("ssh is not installed")]]);
  });

  const config = [
    `Include ${folder}/more_*`,
    "Host web1 !web2",
    "  HostName %h.example.net # the near one",
    '  IdentityFile "~/a key"',
    "  IdentityFile=/keys/%r",
    "  IdentitiesOnly yes",
    "  ProxyJump none",
    "Host *.lan",
    '  ProxyCommand nc "%h" %p # all of it',
    "Match user ops",
    "  Port 1",
    "Match all",
    "  User ops",
    "Host *",
    "  User nobody",
    "  ProxyJump ops@bastion:2200",
    "  IdentityFile /keys/all",
    "  IdentityAgent none",
    "  UserKnownHostsFile /one /two",
    "  HostKeyAlias fleet",
  ].join("\n");
  const questions = [
    toTarget({ name: "web1" }),
    toTarget({ name: "web2", user: "list", port: 2222, identityFile: join(folder, "key") }),
    toTarget({ name: "db.lan" }),
    toTarget({ name: "db.lan", jump: "other" }),
    toTarget({ name: "api", address: "10.0.0.9" }),
  ];

  test("its configuration is read as ssh reads it, but for Match", async () => {
    writeFileSync(join(folder, "key"), "");
    writeFileSync(join(folder, "more_web"), "Host web*\n  Port 2201\n  AddressFamily inet\n");
    const notice = vi.fn<(text: string) => void>();
    const ours = resolverOf(optionsWith(config, { notice }));
    process.env["PATH"] = path;
    const theirs = resolverOf(optionsWith(config));
    for (const question of questions) {
      const expected = await theirs(question);
      process.env["PATH"] = folder;
      const { globalKnownHostsFiles: _ours, ...answer } = await ours(question);
      const { globalKnownHostsFiles: _theirs, ...wanted } = expected;
      expect(answer).toEqual(wanted);
      process.env["PATH"] = path;
    }
    expect(notice.mock.calls.flat()).toEqual([
      expect.stringContaining("ssh is not installed"),
      `${configFile}:10: Match needs ssh itself, its lines are left out`,
    ]);
  });

  test("useSshConfig false asks no ssh and reads no configuration", async () => {
    const overrides = { ...nothing, identityFile: "/keys/one" };
    const changes = { useSshConfig: false, overrides, knownHostsFiles: ["/keys/known"] };
    const resolve = resolverOf(optionsWith("Bogus yes\n", changes));
    expect(await resolve(toTarget({ name: "127.0.0.1", port: 2222 }))).toMatchObject({
      port: 2222,
      identityFiles: ["/keys/one"],
      userKnownHostsFiles: ["/keys/known"],
      globalKnownHostsFiles: [],
    });
  });
});
