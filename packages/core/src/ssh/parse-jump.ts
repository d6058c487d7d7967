/** One jump host as ProxyJump or -J names it, and the jumps that lead to it, in the same words. */
export interface JumpHop {
  readonly name: string;
  readonly user: string | null;
  readonly port: number | null;
  /** Null: its own configuration decides how it is reached. */
  readonly before: string | null;
}

/** `[user@]host[:port]`, the host in brackets where it has colons, or the same as a URI (misc.c, parse_user_host_port). */
const hop =
  /^(?:ssh:\/\/)?(?:(?<user>[^@]{1,255})@)?(?:\[(?<address>[^\]]{1,255})\]|(?<name>[^:[\]]{1,255}))(?::(?<port>\d{1,5}))?\/?$/;

/** The last host of a list such as `ops@outer,inner:2222`: the one that is next to the target. Null: not understood. */
export function parseJump(list: string): JumpHop | null {
  const at = list.lastIndexOf(",");
  const groups = hop.exec(list.slice(at + 1).trim())?.groups;
  const name = groups?.["address"] ?? groups?.["name"];
  const port = groups?.["port"] === undefined ? null : Number(groups["port"]);
  if (groups === undefined || name === undefined || port === 0 || (port ?? 0) > 65_535) return null;
  return { name, user: groups["user"] ?? null, port, before: at === -1 ? null : list.slice(0, at) };
}
