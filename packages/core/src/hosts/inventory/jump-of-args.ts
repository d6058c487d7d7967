import { checkHostName } from "../check-host-name.ts";
import { parseHostWord } from "../parse-host-word.ts";
import { splitShellWords } from "./split-shell-words.ts";

/** What ssh's own options in an inventory say. */
export interface SshArgs {
  /** Jump hosts as ssh -J takes them, or null. */
  readonly jump: string | null;
  /** Options that are not read. */
  readonly unread: readonly string[];
}

/**
 * Reads `-J bastion`, `-o ProxyJump=bastion` and the proxy command that stands for a jump in most inventories,
 * `-o ProxyCommand="ssh -W %h:%p -q bastion"`. No command of an inventory is ever run.
 */
export function jumpOfArgs(args: string, place: string): SshArgs {
  const words = splitShellWords(args, place);
  let jump: string | null = null;
  const unread: string[] = [];
  for (let at = 0; at < words.length; at++) {
    const word = words[at] ?? "";
    const option = /^-[JoF]/u.exec(word)?.[0];
    if (option === undefined) {
      unread.push(word);
      continue;
    }
    const value = word.length > 2 ? word.slice(2) : (words[++at] ?? "");
    const found = option === "-J" ? value : option === "-o" ? jumpOfOption(value, place) : null;
    if (found === null) unread.push(`${option} ${value}`);
    else jump = checkedJump(found, place);
  }
  return { jump, unread };
}

/**
 * Jump hosts as ssh -J takes them, each checked like any host; `none` stays: such a host is reached directly, whatever
 * -J or ssh_config say of the others. Throws with file and line.
 */
export function checkedJump(jump: string, place: string): string {
  if (jump.toLowerCase() === "none") return "none";
  for (const hop of jump.split(",")) checkHostName(parseHostWord(hop, place).name, place);
  return jump;
}

function jumpOfOption(option: string, place: string): string | null {
  const [, name = "", value = ""] = /^(\w+)[\s=]+(.*)$/su.exec(option) ?? [];
  if (name.toLowerCase() === "proxyjump") return value;
  return name.toLowerCase() === "proxycommand" ? jumpOfCommand(splitShellWords(value, place)) : null;
}

/** The jump host of `ssh -W %h:%p [-q] [-l user] [-p port] host`, or null: with more to it, it is not only a jump. */
function jumpOfCommand(words: readonly string[]): string | null {
  if (!/^(?:.*\/)?ssh$/u.test(words[0] ?? "")) return null;
  let [forwards, host, port, user] = [false, "", "", ""];
  for (let at = 1; at < words.length; at++) {
    const word = words[at] ?? "";
    if (/^-W\[?%h\]?:%p$/u.test(word)) forwards = true;
    else if (word === "-W") forwards = /^\[?%h\]?:%p$/u.test(words[++at] ?? "");
    else if (word === "-p") port = `:${words[++at] ?? ""}`;
    else if (word === "-l") user = `${words[++at] ?? ""}@`;
    else if (word === "-q" || word === "-A") continue;
    else if (word.startsWith("-") || host !== "") return null;
    else host = word;
  }
  return forwards && host !== "" ? user + host + port : null;
}
