import type { HostTarget } from "../../model/host.ts";
import { checkRangeBlanks } from "../check-range-blanks.ts";
import { hostListError, quoted } from "../host-list-error.ts";
import { isLogin } from "../parse-host-word.ts";
import { wordReader, type ReadWord } from "../word-reader.ts";
import type { HostListFormat, ListText } from "./host-list-format.ts";
import { withoutComment } from "./plain.ts";

/** parallel-ssh (psshutil.py, parse_host_entry): `[user@]host[:port] [user]`, one host a line. `web03 root` */
export const pssh: HostListFormat = {
  name: "pssh",
  detect: detectLogin,
  rivals: () => ["plain"],
  parse: ({ lines, place, attempt }) => {
    const read = wordReader();
    const mentions = lines.flatMap((line, index) => {
      const origin = `${place}:${index + 1}`;
      return attempt(origin, () => readLine(line, origin, read));
    });
    return { mentions, groups: [], notes: [] };
  },
};

function readLine(line: string, origin: string, read: ReadWord): readonly HostTarget[] {
  checkRangeBlanks(withoutComment(line), origin);
  const [word, user, ...more] = wordsOf(line);
  if (word === undefined) return [];
  if (more.length > 0) {
    const problem = `line ${quoted(line.trim())} has more than a host and a user`;
    throw hostListError(origin, problem, "write one host a line, or read the list with --hosts-format plain");
  }
  const targets = read(word, origin);
  if (user === undefined) return targets;
  if (!isLogin(user))
    throw hostListError(origin, `user ${quoted(user)} is not a login name`, "write host user");
  if (word.includes("@")) {
    throw hostListError(
      origin,
      `line ${quoted(line.trim())} names two users`,
      "write user@host or host user",
    );
  }
  return targets.map((target) => Object.assign({}, target, { user }));
}

function wordsOf(line: string): string[] {
  return line.match(/[^\s#]+|#.*/gsu)?.filter((word) => !word.startsWith("#")) ?? [];
}

/**
 * The first line whose second word is more likely a login than a host, in a list that pssh would take: never seen as
 * a host of its own, and not named like the host before it.
 */
function detectLogin({ lines }: ListText): number | null {
  const rows = lines.map((line) => (line.includes(",") ? ["", "", ""] : wordsOf(withoutComment(line))));
  if (rows.some((words) => words.length > 2)) return null;
  const firsts = new Set(rows.map(([host]) => host));
  const seconds = rows.flatMap(([, second]) => second ?? []);
  const timesSecond = new Map<string, number>();
  for (const second of seconds) timesSecond.set(second, (timesSecond.get(second) ?? 0) + 1);
  const index = rows.findIndex(([host = "", second]) => {
    if (second === undefined || firsts.has(second) || !isLogin(second)) return false;
    return (timesSecond.get(second) ?? 0) > 1 || !isNamedLike(second, host);
  });
  return index === -1 ? null : index + 1;
}

/** Whether a word looks like a neighbour of a host: `web2` of `web1`, `db.cm3` of `web1.cm3`. */
function isNamedLike(word: string, host: string): boolean {
  if (/\d$/u.test(word)) return true;
  const domain = /\.[^.]+$/u.exec(word)?.[0];
  return domain !== undefined && host.endsWith(domain);
}
