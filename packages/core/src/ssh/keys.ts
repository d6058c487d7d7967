import type { ParsedKey } from "ssh2";
import { openAgent } from "./agent.ts";
import type { Agent } from "./agent.ts";
import { readIdentityFile, unlock } from "./identity-file.ts";
import type { AskPassphrase, IdentityFile } from "./identity-file.ts";
import type { ResolvedTarget } from "./resolved-target.ts";
import { sayOnce } from "./say-once.ts";

/** Where the keys of a run come from. */
export interface KeyOptions {
  /** SSH_AUTH_SOCK; null: no agent. */
  readonly agentSocket: string | null;
  /** Asks for the passphrase of a key file; null in batch mode. */
  readonly askPassphrase: AskPassphrase | null;
  readonly notice: (text: string) => void;
}

/** The keys to log in to one host with, in the order in which OpenSSH tries them. */
export interface HostKeysToTry {
  readonly agent: Agent | null;
  readonly agentKeys: readonly ParsedKey[];
  readonly fileKeys: readonly ParsedKey[];
}

/** The keys of a run: each file is read, and its passphrase asked, once; the agent is asked once for its list. */
export type Keys = (target: ResolvedTarget) => Promise<HostKeysToTry>;

/** Opens the keys of a run; nothing is read before the first host asks. */
export function openKeys(options: KeyOptions): Keys {
  const notice = sayOnce(options.notice);
  const files = remember(readIdentityFile);
  // One question at a time: hosts arrive in parallel, the person at the terminal does not.
  let lastQuestion: Promise<unknown> = Promise.resolve();
  const unlocked = remember(async (file: string): Promise<IdentityFile> => {
    const identity = await files(file);
    if (identity.kind !== "locked") return identity;
    const answer = lastQuestion.then(() => unlock(file, identity.pem, options.askPassphrase));
    lastQuestion = answer.catch(() => null);
    return answer;
  });
  const agents = remember(async (socket: string): Promise<Agent | null> => {
    try {
      return await openAgent(socket);
    } catch (error) {
      notice(`ssh-agent at ${socket}: ${error instanceof Error ? error.message : String(error)}`);
      return null;
    }
  });

  const collect = async (target: ResolvedTarget): Promise<HostKeysToTry> => {
    const socket = agentSocketOf(target, options.agentSocket);
    const agent = socket === null ? null : await agents(socket);
    const held = new Map((agent?.keys ?? []).map((key) => [blobOf(key), key]));
    const configured: ParsedKey[] = [];
    const fileKeys: ParsedKey[] = [];
    for (const file of target.identityFiles) {
      const identity = await files(file);
      const blob = publicBlobOf(identity);
      const inAgent = blob === null ? undefined : held.get(blob);
      if (inAgent !== undefined) {
        if (!configured.includes(inAgent)) configured.push(inAgent);
        continue;
      }
      const opened = identity.kind === "locked" ? await unlocked(file) : identity;
      if (opened.kind === "key") fileKeys.push(opened.key);
      if (opened.kind === "unusable" || opened.kind === "public") notice(`key ${file}: ${opened.reason}`);
    }
    const others = target.identitiesOnly ? [] : [...held.values()].filter((key) => !configured.includes(key));
    // ssh's order (sshconnect2.c, pubkey_prepare): agent keys that the configuration names, other agent keys, files.
    return { agent, agentKeys: [...configured, ...others], fileKeys };
  };

  const sets = new Map<string, Promise<HostKeysToTry>>();
  return async (target) => {
    const id = JSON.stringify([target.identityFiles, target.identitiesOnly, target.identityAgent]);
    let set = sets.get(id);
    if (set === undefined) {
      set = collect(target);
      sets.set(id, set);
    }
    return set;
  };
}

/** IdentityAgent (ssh_config(5)): `none`, `SSH_AUTH_SOCK`, a path, or not set. */
function agentSocketOf({ identityAgent }: ResolvedTarget, fromEnvironment: string | null): string | null {
  if (identityAgent === "none") return null;
  return identityAgent === null || identityAgent === "SSH_AUTH_SOCK" ? fromEnvironment : identityAgent;
}

function publicBlobOf(identity: IdentityFile): string | null {
  if (identity.kind === "key") return blobOf(identity.key);
  if (identity.kind === "unusable") return null;
  return identity.publicBlob?.toString("base64") ?? null;
}

function blobOf(key: ParsedKey): string {
  return key.getPublicSSH().toString("base64");
}

function remember<T>(load: (key: string) => Promise<T>): (key: string) => Promise<T> {
  const loaded = new Map<string, Promise<T>>();
  return async (key) => {
    let value = loaded.get(key);
    if (value === undefined) {
      value = load(key);
      loaded.set(key, value);
    }
    return value;
  };
}
