import { spawn } from "node:child_process";
import type { ChildProcess } from "node:child_process";
import pLimit from "p-limit";
import type { Millis } from "../model/units.ts";

/** What is asked about: a host as the list names it, and what the list or command line adds. No field holds a `|`. */
export interface SshQuestion {
  readonly name: string;
  readonly user: string | null;
  readonly port: number | null;
  /** As -J takes it. */
  readonly jump: string | null;
  readonly identityFile: string | null;
  /** Takes the place of HostName. */
  readonly address: string | null;
}

/** What `ssh -v -G` printed: the settings, the files they are from, complaints. */
interface SshAnswer {
  /** Exit status; 127: there is no ssh. Null: none in time. */
  readonly status: number | null;
  readonly text: string;
}

/** Asks OpenSSH's own client what it would do, a few questions at once. */
export interface SshAsker {
  ask(question: SshQuestion): Promise<SshAnswer>;
  close(): void;
}

/**
 * One shell that stays and starts one `ssh -G` a line. Forking this process instead would cost it 15 ms of stillness
 * a host once it is large; a shell forks in one. The text is fixed: questions come as data on stdin, the options of
 * the run as "$@", and nothing is ever expanded but within quotes.
 */
const script = `
trap 'kill "$pid" 2>/dev/null; exit' TERM
while IFS='|' read -r name user port jump key address; do
  ssh -v -G -T "$@" \${user:+-l "$user"} \${port:+-p "$port"} \${jump:+-J "$jump"} \${key:+-i "$key"} \
    \${address:+-o "HostName=$address"} -- "$name" </dev/null 2>&1 &
  pid=$!
  wait "$pid"
  printf '\\n|%s\\n' "$?"
done`;

/** More questions at once only queue for the cores. */
const shellsAtOnce = 4;
/** The line after an answer: no line of ssh_config's dump starts so. */
const answerEnd = /\n\|(\d{1,3})\n$/;

/** Opens the asker of one run. `args` are ssh's options for every host; `answerMs` is how long one answer may take. */
export function openSshAsker(args: readonly string[], answerMs: Millis): SshAsker {
  const limit = pLimit(shellsAtOnce);
  const idle: ChildProcess[] = [];
  const all = new Set<ChildProcess>();
  const askOne = async (question: SshQuestion): Promise<SshAnswer> => {
    const shell = idle.pop() ?? startShell(args, all);
    const answer = await answerOf(shell, lineOf(question), answerMs);
    if (answer.status !== null && shell.exitCode === null) idle.push(shell);
    else shell.kill("SIGTERM");
    return answer;
  };
  return {
    ask: (question) => limit(() => askOne(question)),
    close: () => all.forEach((shell) => shell.stdin?.end()),
  };
}

function lineOf({ name, user, port, jump, identityFile, address }: SshQuestion): string {
  // HostName takes tokens: the zone of fe80::1%eth0 is none.
  const hostName = address?.replaceAll("%", "%%");
  return `${[name, user, port, jump, identityFile, hostName].map((field) => field ?? "").join("|")}\n`;
}

function startShell(args: readonly string[], all: Set<ChildProcess>): ChildProcess {
  const shell = spawn("sh", ["-c", script, "sh", ...args], { stdio: ["pipe", "pipe", "ignore"] });
  all.add(shell);
  shell.stdout.setEncoding("utf8");
  shell.once("close", () => all.delete(shell));
  // A shell that went away is seen by its missing answer.
  shell.on("error", () => all.delete(shell));
  shell.stdin.on("error", () => all.delete(shell));
  return shell;
}

function answerOf(shell: ChildProcess, question: string, answerMs: Millis): Promise<SshAnswer> {
  return new Promise((resolve) => {
    let text = "";
    const end = (status: number | null): void => {
      clearTimeout(timer);
      shell.off("error", onGone).off("close", onGone);
      shell.stdout?.off("data", onData);
      resolve({ status, text });
    };
    const timer = setTimeout(() => end(null), answerMs);
    // ENOENT: not even a shell is here.
    const onGone = (): void => end(127);
    const onData = (chunk: string): void => {
      text += chunk;
      const found = answerEnd.exec(text);
      if (found === null) return;
      text = text.slice(0, found.index + 1);
      end(Number(found[1]));
    };
    shell.once("error", onGone).once("close", onGone);
    shell.stdout?.on("data", onData);
    shell.stdin?.write(question);
  });
}
