import { execFile } from "node:child_process";
import { hostname as localHostname } from "node:os";
import pLimit from "p-limit";
import type { HostTarget } from "../model/host.ts";
import { defaultTarget } from "./default-target.ts";
import { HostFailureError } from "./host-failure-error.ts";
import { parseSshAnswer } from "./parse-ssh-answer.ts";
import type { Account, ResolvedTarget } from "./resolved-target.ts";
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

/** Resolves one host; rejects with a HostFailureError. Answers are kept by (name, user, port). */
export type Resolver = (target: HostTarget) => Promise<ResolvedTarget>;

/** `ssh -G` takes 6 ms of a core; more at once only queue for it. */
const processesAtOnce = 8;

/** Opens the resolver of one run: OpenSSH's own `ssh -G` decides, so Include, Match and tokens are always right. */
export function openResolver(given: ResolveOptions): Resolver {
  const options = { ...given, notice: sayOnce(given.notice) };
  const limit = pLimit(processesAtOnce);
  const answers = new Map<string, Promise<ResolvedTarget>>();
  const ask = options.useSshConfig
    ? async (target: HostTarget) => limit(() => askSsh(target, options))
    : async (target: HostTarget) => withoutSsh(target, options);

  return async (target) => {
    const key = JSON.stringify([target.name, target.user, target.port]);
    let answer = answers.get(key);
    if (answer === undefined) {
      answer = checkName(target).then(() => ask(target));
      answers.set(key, answer);
    }
    return answer;
  };
}

/** Characters that ssh refuses too (ssh.c, valid_hostname and valid_ruser): they have a meaning to some shell. */
const unsafe = /^-|[\s'`"$\\;&<>|(){}\p{Cc}]/u;

async function checkName({ name, user }: HostTarget): Promise<void> {
  if (name === "" || unsafe.test(name))
    throw new HostFailureError("dns", "hostname contains invalid characters");
  if (user !== null && (user === "" || unsafe.test(user))) {
    throw new HostFailureError("auth", "remote username contains invalid characters");
  }
}

async function askSsh(target: HostTarget, options: ResolveOptions): Promise<ResolvedTarget> {
  const { configFile, identityFile, jump } = options.overrides;
  const user = target.user ?? options.overrides.user;
  const args = ["-G", "-T"];
  if (configFile !== null) args.push("-F", configFile);
  if (user !== null) args.push("-l", user);
  if (target.port !== null) args.push("-p", String(target.port));
  if (identityFile !== null) args.push("-i", identityFile);
  if (jump !== null) args.push("-J", jump);

  const { error, stdout, stderr } = await runSsh([...args, "--", target.name], options.resolveMs);
  if (error?.code === "ENOENT") {
    options.notice("ssh is not installed: ssh_config is not read, OpenSSH's defaults are used");
    return withoutSsh(target, options);
  }
  const complaints = stderr.split("\n").filter((line) => line.trim() !== "");
  if (error !== null) {
    const reason =
      error.killed === true ? `ssh -G gave no answer in ${options.resolveMs} ms` : complaints.join("; ");
    throw new HostFailureError("local-error", reason || `ssh -G failed: ${error.message}`);
  }
  for (const warning of complaints.filter((line) => line.startsWith("Warning: "))) options.notice(warning);
  const answer = parseSshAnswer(stdout, target.name, options.account, localHostname());
  if (answer === null) throw new HostFailureError("local-error", "ssh -G gave no host name, user or port");
  return withKnownHosts(answer, options.knownHostsFiles);
}

interface SshAnswer {
  readonly error: (Error & { readonly code?: string | number | null; readonly killed?: boolean }) | null;
  readonly stdout: string;
  readonly stderr: string;
}

async function runSsh(args: readonly string[], timeoutMs: number): Promise<SshAnswer> {
  return new Promise((resolve) => {
    const child = execFile("ssh", args, { timeout: timeoutMs, encoding: "utf8" }, (error, stdout, stderr) => {
      resolve({ error, stdout, stderr });
    });
    child.stdin?.end();
  });
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
