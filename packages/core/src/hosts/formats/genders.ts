import type { HostTarget } from "../../model/host.ts";
import { checkRangeBlanks } from "../check-range-blanks.ts";
import { hostListError, quoted } from "../host-list-error.ts";
import { inGroups } from "../in-groups.ts";
import { mergeTargets } from "../merge-targets.ts";
import { splitWords } from "../split-words.ts";
import { wordReader, type ReadWord } from "../word-reader.ts";
import type { HostListFormat, ListedGroup } from "./host-list-format.ts";
import { lineMatching } from "./line-matching.ts";
import { withoutComment } from "./plain.ts";

/** `web[1-3]  rack=r7,mgmt`: a second column, and the last one, with an = or a comma in it. */
const attributeLine =
  /^\s*[^\s#=]+[ \t]+(?=[^\s#]*[=,])[^\s#,=]+(?:=[^\s#,]*)?(?:,[^\s#,=]+(?:=[^\s#,]*)?)*\s*(?:#.*)?$/su;

/**
 * The genders database (libgenders, genders_parsing.c): `nodes attr[=value],…`; `%n` in a value is the node's name.
 * Each attribute is a group, `attr=value` where it has a value. Rules as `nodeattr -k` checks them.
 */
export const genders: HostListFormat = {
  name: "genders",
  detect: (list) => (isDatabase(list.place) ? 1 : lineMatching(list, attributeLine)),
  rivals: ({ place }) => (isDatabase(place) ? [] : ["plain"]),
  parse: ({ lines, place, attempt }) => {
    const read = wordReader();
    const labels = new Set<string>();
    const attributesOf = new Map<string, Set<string>>();
    const mentions = lines.flatMap((line, index) => {
      const origin = `${place}:${index + 1}`;
      const rows = attempt(origin, () => readLine(line, origin, read, attributesOf));
      // Only now: a line that was skipped says nothing about its nodes.
      return rows.map(({ target, pairs }) => {
        const known = attributesOf.get(target.name) ?? new Set();
        attributesOf.set(target.name, known);
        for (const { name } of pairs) known.add(name);
        const groups = pairs.map(({ name, value }) => toLabel(name, value, target.name)).toSorted();
        for (const label of groups) labels.add(label);
        return inGroups(target, groups);
      });
    });
    const groups = [...labels].map((label): ListedGroup => ({ label, source: null, name: label }));
    return { mentions: mergeTargets(mentions).targets, groups, notes: [] };
  },
};

interface Attribute {
  readonly name: string;
  readonly value: string | null;
}

/** The nodes of one line with its attributes; `known` are those of the lines before it. */
function readLine(
  line: string,
  origin: string,
  read: ReadWord,
  known: ReadonlyMap<string, ReadonlySet<string>>,
): readonly { readonly target: HostTarget; readonly pairs: readonly Attribute[] }[] {
  checkRangeBlanks(withoutComment(line), origin);
  const [nodes, attributes = null, ...more] = withoutComment(line).match(/\S+/gu) ?? [];
  if (nodes === undefined) return [];
  if (more.length > 0) {
    const problem = `attribute list ${quoted([attributes, ...more].join(" "))} has blanks in it`;
    throw hostListError(
      origin,
      problem,
      "write web1 rack=r7,mgmt, or force another grammar with --hosts-format",
    );
  }
  const pairs = attributes === null ? [] : pairsOf(attributes, origin);
  const here = new Set<string>();
  return splitWords(nodes, origin)
    .flatMap((word) => read(word, origin))
    .map((target) => {
      checkNode(target, origin);
      for (const { name } of pairs) {
        const key = `${target.name} ${name}`;
        if (known.get(target.name)?.has(name) === true || here.has(key)) {
          const problem = `attribute ${quoted(name)} is given twice for node ${quoted(target.name)}`;
          throw hostListError(origin, problem, "give each attribute once a node");
        }
        here.add(key);
      }
      return { target, pairs };
    });
}

function isDatabase(place: string): boolean {
  return /(?:^|\/)genders$/u.test(place);
}

function toLabel(name: string, value: string | null, node: string): string {
  return value === null ? name : `${name}=${value.replaceAll("%n", () => node)}`;
}

function pairsOf(attributes: string, origin: string): readonly Attribute[] {
  return attributes.split(",").map((attribute) => {
    const equals = attribute.indexOf("=");
    const name = equals === -1 ? attribute : attribute.slice(0, equals);
    if (name !== "") return { name, value: equals === -1 ? null : attribute.slice(equals + 1) };
    throw hostListError(
      origin,
      `attribute list ${quoted(attributes)} has an empty attribute`,
      "write web1 rack=r7,mgmt",
    );
  });
}

function checkNode(target: HostTarget, origin: string): void {
  if (!target.name.includes(".") && target.user === null && target.port === null) return;
  const problem = `node ${quoted(target.name)} is not a short host name`;
  throw hostListError(origin, problem, "genders takes neither domains nor users nor ports; write web1");
}
