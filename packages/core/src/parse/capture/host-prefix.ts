import type { Capture, CapturedLine } from "./capture.ts";
import { hostSource, isHost, withoutLogin } from "./host-word.ts";
import { isKnownInside } from "./is-known-inside.ts";

/** `web01: [   12.345678] msg` of pdsh, pgm, clush, pssh -P; a TAB instead of the colon is GNU parallel's --tag. */
const pattern = new RegExp(`^(${hostSource})(?::(?: |$)|\\t)`);
/** Nearly every line bears a prefix: what bears none is the tool's own word. */
const prefixedShare = 0.9;

/** `host: line`: lines of many hosts as they came. What stands behind the host has to be something that is read. */
export function detectHostPrefix(
  sample: readonly string[],
  detectInside: (sample: readonly string[]) => Capture | null,
): Capture | null {
  const lines = sample.filter((line) => line.trim() !== "");
  const inside = lines.flatMap((line) => splitLine(line)?.line ?? []);
  if (inside.length === 0 || inside.length < lines.length * prefixedShare) return null;
  const capture = detectInside(inside);
  if (capture !== null) return { form: "host-prefix", split: () => nested(capture) };
  return isKnownInside(inside) ? { form: "host-prefix", split: () => splitLine } : null;
}

function splitLine(line: string): CapturedLine | null {
  const found = pattern.exec(line);
  if (found === null) return null;
  const [prefix, host = ""] = found;
  // pdsh@admin: web03: ssh exited with exit code 255
  if (!isHost(host) || host.startsWith("pdsh@")) return null;
  return { host: withoutLogin(host), file: null, line: line.slice(prefix.length) };
}

/** What a grep on each host wrote before its lines. Each host's lines are split alone. */
function nested(inner: Capture): (line: string) => CapturedLine | null {
  const splitters = new Map<string | null, (line: string) => CapturedLine | null>();
  return (line) => {
    const outer = splitLine(line);
    if (outer === null) return null;
    const split = splitters.get(outer.host) ?? inner.split();
    splitters.set(outer.host, split);
    const found = split(outer.line);
    return found === null ? null : { ...found, host: outer.host };
  };
}
