import { join } from "node:path";
import type { SshQuestion } from "./ask-ssh.ts";
import { defaultTarget } from "./default-target.ts";
import { parseSshAnswer } from "./parse-ssh-answer.ts";
import type { SshSettings } from "./read-ssh-config.ts";
import type { Account, ResolvedTarget } from "./resolved-target.ts";

/** Keywords of which ssh itself prints the first value as it is. */
const plain = [
  "addressfamily",
  "globalknownhostsfile",
  "hashknownhosts",
  "hostkeyalias",
  "identitiesonly",
  "identityagent",
  "proxycommand",
  "proxyjump",
  "proxyusefdpass",
  "userknownhostsfile",
] as const;

/** What `ssh -G` would have answered, from what we read of its configuration ourselves; null: a port is no port. */
export function answerWithoutSsh(
  question: SshQuestion,
  settings: SshSettings,
  account: Account,
  localName: string,
): ResolvedTarget | null {
  const defaults = defaultTarget(question, account);
  const first = (keyword: string): string | null => settings.get(keyword)?.[0] ?? null;
  const hostname =
    question.address ??
    first("hostname")?.replaceAll(/%[%h]/g, (token) => (token === "%%" ? "%" : question.name));
  const keys = [
    ...(question.identityFile === null ? [] : [question.identityFile]),
    ...(settings.get("identityfile") ?? []),
  ];
  const asked = Object.fromEntries(plain.map((keyword) => [keyword, first(keyword)]));
  if (question.jump !== null) Object.assign(asked, { proxyjump: question.jump, proxycommand: null });
  const inHome = (file: string): string => join(account.home, ".ssh", file);
  const answer: readonly (readonly [string, string | number | null])[] = [
    ["hostname", hostname ?? question.name],
    ["user", question.user ?? first("user") ?? account.user],
    ["port", question.port ?? first("port") ?? 22],
    ...keys.map((file) => ["identityfile", file] as const),
    ...Object.entries({
      ...asked,
      userknownhostsfile:
        asked["userknownhostsfile"] ?? ["known_hosts", "known_hosts2"].map(inHome).join(" "),
      globalknownhostsfile: asked["globalknownhostsfile"] ?? defaults.globalKnownHostsFiles.join(" "),
    }),
  ];
  const text = answer
    .flatMap(([keyword, value]) => (value === null ? [] : [`${keyword} ${value}`]))
    .join("\n");
  const target = parseSshAnswer(text, question.name, account, localName);
  if (target === null) return null;
  return keys.length > 0 ? target : { ...target, identityFiles: defaults.identityFiles };
}
