import { hostname as localHostname } from "node:os";
import { join } from "node:path";
import type { HostTarget } from "../model/host.ts";
import { answerWithoutSsh } from "./answer-without-ssh.ts";
import type { SshAsker, SshQuestion } from "./ask-ssh.ts";
import { openSshAsker } from "./ask-ssh.ts";
import { defaultTarget } from "./default-target.ts";
import { HostFailureError } from "./host-failure-error.ts";
import { parseSshAnswer } from "./parse-ssh-answer.ts";
import type { Account, ResolvedTarget } from "./resolved-target.ts";
import type { JumpHop } from "./parse-jump.ts";
import { findPlainNames } from "./plain-names.ts";
import { openSshConfig } from "./read-ssh-config.ts";
import { shareAnswers } from "./shared-answers.ts";
import type { AskOne } from "./shared-answers.ts";
import { sayOnce } from "./say-once.ts";
import { isUnsafeWord } from "./unsafe-word.ts";

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

/** Finds out what ssh would do, asking about the same host once. */
export interface Resolver {
  /** Rejects with a HostFailureError. */
  resolve(target: HostTarget): Promise<ResolvedTarget>;
  /** A jump host: -l and -i of the command line are not for it, as in ssh. Rejects with a HostFailureError. */
  resolveJump(hop: JumpHop): Promise<ResolvedTarget>;
  close(): void;
}

/** Opens the resolver of one run: OpenSSH's own `ssh -G` decides, so Include, Match and tokens are always right. */
export function openResolver(given: ResolveOptions): Resolver {
  const options = { ...given, notice: sayOnce(given.notice) };
  const { configFile } = options.overrides;
  const asker = options.useSshConfig
    ? openSshAsker(configFile === null ? [] : ["-F", configFile], options.resolveMs)
    : null;
  const readSettings = openSshConfig(filesOfConfig(options), options.account.home, options.notice);
  let isInstalled = true;
  const askOne = async (question: SshQuestion): ReturnType<AskOne> => {
    if (asker === null) return alone(withoutConfig(question, options));
    const asked = isInstalled ? await askSsh(question, asker, options) : null;
    if (asked !== null) return asked;
    isInstalled = false;
    options.notice(
      "ssh is not installed: its configuration is read without it (Host, Include and plain settings, no Match)",
    );
    const settings = await readSettings(question.name);
    const answer = answerWithoutSsh(question, settings, options.account, localHostname());
    if (answer === null) throw new HostFailureError("local-error", "ssh_config: port is not understood");
    return alone(withKnownHosts(answer, options.knownHostsFiles));
  };
  const ask = shareAnswers((target) => askOne(questionOf(target, options.overrides)));
  const answers = new Map<string, Promise<ResolvedTarget>>();
  const once = (question: SshQuestion, answer: () => Promise<ResolvedTarget>): Promise<ResolvedTarget> => {
    const key = JSON.stringify(question);
    const known =
      answers.get(key) ?? checkedThen(question, async () => ({ ...(await answer()), configFile }));
    answers.set(key, known);
    return known;
  };
  return {
    resolve: (target) => once(questionOf(target, options.overrides), () => ask(target)),
    resolveJump: ({ name, user, port, before }) => {
      const question = { name, user, port, jump: before, identityFile: null, address: null };
      return once(question, async () => (await askOne(question)).answer);
    },
    close: () => asker?.close(),
  };
}

/** What a list says of its host goes before what the command line says of all. */
export function questionOf(target: HostTarget, { user, identityFile, jump }: SshOverrides): SshQuestion {
  const { name, port, address } = target;
  return {
    name,
    port,
    user: target.user ?? user,
    jump: target.jump ?? jump,
    identityFile: target.identityFile ?? identityFile,
    address: address === name ? null : address,
  };
}

async function checkedThen(
  question: SshQuestion,
  answer: () => Promise<ResolvedTarget>,
): Promise<ResolvedTarget> {
  checkQuestion(question);
  return answer();
}

function checkQuestion({ name, user, jump, identityFile, address }: SshQuestion): void {
  if (isUnsafeWord(name) || (address !== null && isUnsafeWord(address)))
    throw new HostFailureError("dns", "hostname contains invalid characters");
  if (user !== null && isUnsafeWord(user))
    throw new HostFailureError("auth", "remote username contains invalid characters");
  if (jump?.split(",").some(isUnsafeWord) === true)
    throw new HostFailureError("jump-failed", "jump host contains invalid characters");
  if (identityFile !== null && /[|\p{Cc}]/u.test(identityFile))
    throw new HostFailureError("local-error", "name of the key file contains invalid characters");
}

/** An answer that says nothing about other hosts. */
function alone(answer: ResolvedTarget): Awaited<ReturnType<AskOne>> {
  return { answer, plainNames: () => false };
}

/** Asks ssh; null: it is not installed. */
async function askSsh(
  question: SshQuestion,
  asker: SshAsker,
  options: ResolveOptions,
): Promise<Awaited<ReturnType<AskOne>> | null> {
  const { name } = question;
  const { status, text } = await asker.ask(question);
  if (status === 127) return null;
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

/** The files that ssh reads (ssh.c, process_config_files). */
function filesOfConfig({ overrides: { configFile }, account }: ResolveOptions): readonly string[] {
  return configFile === null ? [join(account.home, ".ssh", "config"), "/etc/ssh/ssh_config"] : [configFile];
}

function withoutConfig(question: SshQuestion, options: ResolveOptions): ResolvedTarget {
  const answer = defaultTarget(question, options.account);
  // Without a configuration no jump host could have a key file of its own.
  const identityFile = question.identityFile ?? options.overrides.identityFile;
  return withKnownHosts(
    { ...answer, identityFiles: identityFile === null ? answer.identityFiles : [identityFile] },
    options.knownHostsFiles,
  );
}

function withKnownHosts(target: ResolvedTarget, files: readonly string[] | null): ResolvedTarget {
  return files === null ? target : { ...target, userKnownHostsFiles: files, globalKnownHostsFiles: [] };
}
