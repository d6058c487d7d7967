import { hostname as localHostname } from "node:os";
import type { HostTarget } from "../model/host.ts";
import type { SshAsker } from "./ask-ssh.ts";
import { openSshAsker } from "./ask-ssh.ts";
import { defaultTarget } from "./default-target.ts";
import { HostFailureError } from "./host-failure-error.ts";
import { parseSshAnswer } from "./parse-ssh-answer.ts";
import type { Account, ResolvedTarget } from "./resolved-target.ts";
import { findPlainNames } from "./plain-names.ts";
import { shareAnswers } from "./shared-answers.ts";
import type { AskOne } from "./shared-answers.ts";
import { sayOnce } from "./say-once.ts";

/** What the command line changes of ssh's own configuration: ssh's letters -F, -l, -i, -J. Null: as configured. */
export interface SshOverrides {
  readonly configFile: string | null;
  readonly user: string | null;
  readonly identityFile: string | null;
  readonly jump: string | null;
}

/** How to find out what ssh would do. */
export interface ResolveOptions {
  readonly overrides: SshOverrides;
  /** False: no ssh client is run and no configuration read; the demo's hosts know nothing of the user's. */
  readonly useSshConfig: boolean;
  /** Takes the place of the configured known_hosts files; null leaves them. */
  readonly knownHostsFiles: readonly string[] | null;
  readonly account: Account;
  /** How long `ssh -G` may take, ms: a `Match exec` of the user's may hang. */
  readonly resolveMs: number;
  /** Takes a sentence for the user; each comes once. */
  readonly notice: (text: string) => void;
}

/** Finds out what ssh would do, each (name, user, port) once. */
export interface Resolver {
  /** Rejects with a HostFailureError. */
  resolve(target: HostTarget): Promise<ResolvedTarget>;
  close(): void;
}

/** Opens the resolver of one run: OpenSSH's own `ssh -G` decides, so Include, Match and tokens are always right. */
export function openResolver(given: ResolveOptions): Resolver {
  const options = { ...given, notice: sayOnce(given.notice) };
  const asker = options.useSshConfig
    ? openSshAsker(sshArguments(options.overrides), options.resolveMs)
    : null;
  const answers = new Map<string, Promise<ResolvedTarget>>();
  const ask =
    asker === null
      ? async (target: HostTarget) => withoutSsh(target, options)
      : shareAnswers((target) => askSsh(target, asker, options));
  const answer = async (target: HostTarget): Promise<ResolvedTarget> => {
    checkName({ name: target.name, user: target.user ?? options.overrides.user });
    return ask(target);
  };
  return {
    resolve: (target) => {
      const key = JSON.stringify([target.name, target.user, target.port]);
      const known = answers.get(key) ?? answer(target);
      answers.set(key, known);
      return known;
    },
    close: () => asker?.close(),
  };
}

function sshArguments({ configFile, identityFile, jump }: SshOverrides): readonly string[] {
  return [
    ...(configFile === null ? [] : ["-F", configFile]),
    ...(identityFile === null ? [] : ["-i", identityFile]),
    ...(jump === null ? [] : ["-J", jump]),
  ];
}

/** Characters that ssh refuses too (ssh.c, valid_hostname and valid_ruser): they have a meaning to some shell. */
const unsafe = /^-|[\s'`"$\\;&<>|(){}\p{Cc}]/u;

function checkName({ name, user }: Pick<HostTarget, "name" | "user">): void {
  if (name === "" || unsafe.test(name))
    throw new HostFailureError("dns", "hostname contains invalid characters");
  if (user !== null && (user === "" || unsafe.test(user))) {
    throw new HostFailureError("auth", "remote username contains invalid characters");
  }
}

async function askSsh(target: HostTarget, asker: SshAsker, options: ResolveOptions): ReturnType<AskOne> {
  const { name, port } = target;
  const { status, text } = await asker.ask({ name, port, user: target.user ?? options.overrides.user });
  if (status === 127) {
    options.notice("ssh is not installed: ssh_config is not read, OpenSSH's defaults are used");
    return { answer: withoutSsh(target, options), plainNames: () => true };
  }
  const lines = text.split("\n").filter((line) => line.trim() !== "" && !line.startsWith("debug1: "));
  if (status !== 0) {
    const reason = status === null ? `ssh -G gave no answer in ${options.resolveMs} ms` : lines.join("; ");
    throw new HostFailureError("local-error", reason || `ssh -G exited with ${status}`);
  }
  for (const warning of lines.filter((line) => line.startsWith("Warning: "))) options.notice(warning);
  const answer = parseSshAnswer(text, name, options.account, localHostname());
  if (answer === null) throw new HostFailureError("local-error", "ssh -G gave no host name, user or port");
  return { answer: withKnownHosts(answer, options.knownHostsFiles), plainNames: await findPlainNames(text) };
}

function withoutSsh(target: HostTarget, options: ResolveOptions): ResolvedTarget {
  const { user, identityFile, jump } = options.overrides;
  const answer = defaultTarget(target, user, options.account);
  return withKnownHosts(
    {
      ...answer,
      identityFiles: identityFile === null ? answer.identityFiles : [identityFile],
      proxyJump: jump === "none" ? null : jump,
    },
    options.knownHostsFiles,
  );
}

function withKnownHosts(target: ResolvedTarget, files: readonly string[] | null): ResolvedTarget {
  return files === null ? target : { ...target, userKnownHostsFiles: files, globalKnownHostsFiles: [] };
}
