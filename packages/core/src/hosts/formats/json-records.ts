import type { HostTarget } from "../../model/host.ts";
import { checkHostName } from "../check-host-name.ts";
import { hostListError, quoted } from "../host-list-error.ts";
import { checkedJump } from "../inventory/jump-of-args.ts";
import { mergeTargets } from "../merge-targets.ts";
import { isLogin, parsePort } from "../parse-host-word.ts";
import type { Attempt } from "../skip-bad-lines.ts";
import { textOfNode, type TreeNode } from "../tree/tree-node.ts";
import { wordReader, type ReadWord } from "../word-reader.ts";
import type { ListContent } from "./host-list-format.ts";

const shape = 'write ["web1"] or [{"host":"web1","user":"admin","port":22,"groups":["web"]}]';

/** A list of host words, or of hosts as `expand -o json` prints them; fields it does not know are skipped. */
export function recordsOfJson(items: readonly TreeNode[], place: string, attempt: Attempt): ListContent {
  const read = wordReader();
  const mentions = items.flatMap((item) => {
    const origin = `${place}:${item.line}`;
    return attempt(origin, () => hostsOf(item, origin, read));
  });
  const labels = [...new Set(mentions.flatMap(({ groups }) => groups))];
  return {
    mentions: labels.length === 0 ? mentions : mergeTargets(mentions).targets,
    groups: labels.map((label) => ({ label, source: null, name: label })),
    notes: [],
  };
}

function hostsOf(item: TreeNode, origin: string, read: ReadWord): readonly HostTarget[] {
  const word = item.kind === "map" ? textOfNode(item.entries.get("host")?.value) : textOfNode(item);
  if (word === null) throw hostListError(origin, "entry has no host", shape);
  const named = read(word, origin);
  if (item.kind !== "map") return named;
  const field = (name: string): string | null => textOfNode(item.entries.get(name)?.value);
  const [address, user, port, jump] = [field("address"), field("user"), field("port"), field("jump")];
  if (address !== null) checkHostName(address, origin);
  if (user !== null && !isLogin(user)) {
    throw hostListError(origin, `user ${quoted(user)} of host ${quoted(word)} is not a login name`, shape);
  }
  const groups = item.entries.get("groups")?.value;
  const labels = groups?.kind === "list" ? groups.items.flatMap((group) => textOfNode(group) ?? []) : [];
  const identityFile = field("identity_file");
  return named.map((target) =>
    Object.assign({}, target, {
      name: address ?? target.name,
      address: address ?? target.address,
      user: user ?? target.user,
      port: port === null ? target.port : parsePort(port, word, origin),
      jump: jump === null ? null : checkedJump(jump, origin),
      identityFile,
      groups: [...new Set(labels)].toSorted(),
    }),
  );
}
