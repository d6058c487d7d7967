import { execFileSync } from "node:child_process";
import { generateKeyPairSync } from "node:crypto";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { openKeys } from "../../../packages/core/src/ssh/keys.ts";
import type { HostKeysToTry, KeyOptions } from "../../../packages/core/src/ssh/keys.ts";
import { defaultTarget } from "../../../packages/core/src/ssh/default-target.ts";
import type { ResolvedTarget } from "../../../packages/core/src/ssh/resolved-target.ts";
import { makeKeyPair } from "../../support/ssh-keys.ts";
import { toTarget } from "../../support/sshd/fleet-options-of.ts";
import { startAgent } from "../../support/sshd/start-agent.ts";
import type { TestAgent } from "../../support/sshd/start-agent.ts";

const folder = mkdtempSync(join(tmpdir(), "inquest-keys-"));
let agent: TestAgent;

const write = (name: string, pair: { private: string; public?: string }): string => {
  const file = join(folder, name);
  writeFileSync(file, pair.private, { mode: 0o600 });
  if (pair.public !== undefined) writeFileSync(`${file}.pub`, pair.public);
  return file;
};

beforeAll(async () => {
  agent = await startAgent(folder);
});
beforeEach(() => agent.add("-D"));
afterAll(() => {
  agent.stop();
  rmSync(folder, { recursive: true });
});

const notices: string[] = [];
const notice = (text: string): void => void notices.push(text);
beforeEach(() => void notices.splice(0));

async function keysFor(
  changes: Partial<ResolvedTarget>,
  options: Partial<KeyOptions> = {},
): Promise<HostKeysToTry> {
  const target = defaultTarget(toTarget({ name: "web1" }), { user: "me", home: folder });
  return openKeys({ agentSocket: null, askPassphrase: null, notice, ...options })({ ...target, ...changes });
}
const agentComments = (keys: HostKeysToTry): readonly string[] =>
  keys.agentKeys.map(({ comment }) => comment);
const fileComments = (keys: HostKeysToTry): readonly string[] => keys.fileKeys.map(({ comment }) => comment);

const held = (name: string): string => {
  const file = write(name, makeKeyPair("ed25519", { comment: name }));
  agent.add(file);
  return file;
};

describe("key files", () => {
  test.each(["ed25519", "ecdsa", "rsa"] as const)("%s is read", async (type) => {
    const keys = await keysFor({ identityFiles: [write(type, makeKeyPair(type, { comment: type }))] });
    expect([fileComments(keys), notices]).toEqual([[type], []]);
  });

  test.each(["rsa", "ec"] as const)("%s in PKCS#8 is read", async (type) => {
    const { privateKey } =
      type === "rsa"
        ? generateKeyPairSync("rsa", { modulusLength: 2048 })
        : generateKeyPairSync("ec", { namedCurve: "P-256" });
    const pem = privateKey.export({ type: "pkcs8", format: "pem" }).toString();
    const keys = await keysFor({ identityFiles: [write(`pkcs8-${type}`, { private: pem })] });
    expect([keys.fileKeys.length, notices]).toEqual([1, []]);
  });

  test("in PKCS#8 with a passphrase are asked for like any other", async () => {
    const { privateKey } = generateKeyPairSync("rsa", { modulusLength: 2048 });
    const locked = privateKey.export({
      type: "pkcs8",
      format: "pem",
      cipher: "aes-256-cbc",
      passphrase: "sesame",
    });
    const identityFiles = [write("pkcs8-locked", { private: locked.toString() })];
    const keys = await keysFor({ identityFiles }, { askPassphrase: async () => "sesame" });
    expect([keys.fileKeys.length, notices]).toEqual([1, []]);
  });

  test("of a kind that cannot be used are told with the way out", async () => {
    const { privateKey } = generateKeyPairSync("ed25519");
    const pem = privateKey.export({ type: "pkcs8", format: "pem" }).toString();
    const file = write("pkcs8-ed25519", { private: pem });
    expect((await keysFor({ identityFiles: [file] })).fileKeys).toEqual([]);
    expect(notices).toEqual([expect.stringContaining(`ssh-keygen -p -f ${file}`)]);
  });

  test("that are not there are passed over in silence, as ssh does", async () => {
    const keys = await keysFor({
      identityFiles: [join(folder, "none"), write("there", makeKeyPair("ed25519", { comment: "there" }))],
    });
    expect([fileComments(keys), notices]).toEqual([["there"], []]);
  });

  test("whose passphrase is three times wrong are left out", async () => {
    const attempts: number[] = [];
    const askPassphrase = async (_file: string, attempt: number): Promise<string> => {
      attempts.push(attempt);
      return "wrong";
    };
    const identityFiles = [
      write("locked", { private: makeKeyPair("ed25519", { passphrase: "right" }).private }),
    ];
    expect((await keysFor({ identityFiles }, { askPassphrase })).fileKeys).toEqual([]);
    expect([attempts, notices]).toEqual([
      [1, 2, 3],
      [expect.stringContaining("incorrect passphrase, 3 times")],
    ]);
  });

  test("are read and asked for once, however many hosts want them", async () => {
    let questions = 0;
    const locked = write("locked-once", { private: makeKeyPair("ed25519", { passphrase: "right" }).private });
    const askPassphrase = async (): Promise<string> => {
      questions += 1;
      return "right";
    };
    const open = openKeys({ agentSocket: null, askPassphrase, notice: () => {} });
    const target = defaultTarget(toTarget({ name: "web1" }), { user: "me", home: folder });
    const sets = [[locked], [locked, join(folder, "none")], [locked]];
    const keys = await Promise.all(sets.map(async (identityFiles) => open({ ...target, identityFiles })));
    expect([keys.map(({ fileKeys }) => fileKeys.length), questions]).toEqual([[1, 1, 1], 1]);
  });
});

describe("an agent", () => {
  test("goes first with the keys that the configuration names, then with its others, files come last", async () => {
    held("other");
    const named = held("named");
    const file = write("file", makeKeyPair("ed25519", { comment: "file" }));
    const keys = await keysFor({ identityFiles: [file, named] }, { agentSocket: agent.socket });
    expect([agentComments(keys), fileComments(keys)]).toEqual([["named", "other"], ["file"]]);
  });

  test("keeps its other keys to itself under IdentitiesOnly", async () => {
    held("other");
    const named = held("named");
    const keys = await keysFor(
      { identityFiles: [named], identitiesOnly: true },
      { agentSocket: agent.socket },
    );
    expect(agentComments(keys)).toEqual(["named"]);
  });

  test("spares the question for a passphrase of a key that it holds", async () => {
    const pair = makeKeyPair("ed25519", { comment: "both" });
    agent.add(write("open", pair));
    // The same key once more, locked: only its public half tells that the agent has it.
    const file = write("closed", {
      private: makeKeyPair("ed25519", { passphrase: "x" }).private,
      public: pair.public,
    });
    const keys = await keysFor({ identityFiles: [file] }, { agentSocket: agent.socket });
    expect([agentComments(keys), notices]).toEqual([["both"], []]);
  });

  test("is left alone with IdentityAgent none, and another one is asked where it names one", async () => {
    held("mine");
    expect(agentComments(await keysFor({ identityAgent: "none" }, { agentSocket: agent.socket }))).toEqual(
      [],
    );
    expect(agentComments(await keysFor({ identityAgent: agent.socket }))).toEqual(["mine"]);
  });

  test("that holds certificates shows only its plain keys", async () => {
    const ca = write("ca", makeKeyPair());
    const user = write("user", makeKeyPair("ed25519", { comment: "user" }));
    writeFileSync(`${user}.pub`, execFileSync("ssh-keygen", ["-y", "-f", user]));
    execFileSync("ssh-keygen", ["-s", ca, "-I", "id", "-n", "me", `${user}.pub`], { stdio: "pipe" });
    agent.add(user);
    const keys = await keysFor({ identityFiles: [] }, { agentSocket: agent.socket });
    expect(keys.agentKeys.map(({ type }) => type)).toEqual(["ssh-ed25519"]);
  });

  test("that is gone is told once", async () => {
    const gone = join(folder, "gone");
    expect(agentComments(await keysFor({}, { agentSocket: gone }))).toEqual([]);
    expect(notices).toEqual([`ssh-agent at ${gone}: Failed to connect to agent`]);
  });
});

describe("public halves (IdentityFile of a key that only the agent holds)", () => {
  const halves = async (holds: boolean): Promise<[names: readonly string[], notices: readonly string[]]> => {
    const pair = makeKeyPair("ed25519", { comment: "mine" });
    const file = write("mine", pair);
    held("other");
    if (holds) agent.add(file);
    rmSync(file);
    const target = { identityFiles: [`${file}.pub`, file], identitiesOnly: true };
    const keys = await keysFor(target, { agentSocket: agent.socket });
    return [agentComments(keys), [...notices]];
  };

  test("choose the agent's key, named with .pub or without", async () => {
    const [names, said] = await halves(true);
    expect([new Set(names), said]).toEqual([new Set(["mine"]), []]);
  });

  test("are named where the agent does not hold theirs", async () => {
    const [names, said] = await halves(false);
    expect(names).toEqual([]);
    expect(said).toEqual([
      `key ${join(folder, "mine.pub")}: is a public key, and no agent holds the private one`,
    ]);
  });
});
