import type { Capture, CapturedLine } from "./capture.ts";
import { isHosts } from "./host-word.ts";

/** `---------------`: the rule above and below the hosts (dshbak, clush -b, clubak). */
const rule = /^-{4,80}$/;
/** `web[01-03] (3)`: clush counts the hosts of a block. */
const count = / \(\d{1,7}\)$/;

/** dshbak and clush -b: equal answers of several hosts once, below their folded names. */
export function detectBlocks(sample: readonly string[]): Capture | null {
  const lines = sample.filter((line) => line.trim() !== "");
  const first = lines.findIndex(
    (line, at) => rule.test(line) && hostsOf(lines[at + 1]) !== null && rule.test(lines[at + 2] ?? ""),
  );
  // What stands before the first block is the tool's own word, if anything.
  return first === -1 || first > 10 ? null : { form: "dshbak", split };
}

function hostsOf(line: string | undefined): string | null {
  const word = (line ?? "").trim().replace(count, "");
  return isHosts(word) && !rule.test(word) ? word : null;
}

function split(): (line: string) => CapturedLine | null {
  let host: string | null = null;
  let held: string | null = null;
  let isBelowRule = false;
  return (line) => {
    if (rule.test(line)) {
      if (held !== null) [host, held, isBelowRule] = [held, null, false];
      else isBelowRule = true;
      return null;
    }
    if (isBelowRule) {
      held = hostsOf(line);
      isBelowRule = false;
      if (held !== null) return null;
    } else {
      held = null;
    }
    return host === null ? null : { host, file: null, line };
  };
}
