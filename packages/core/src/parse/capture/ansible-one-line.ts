import type { Capture, CapturedLine } from "./capture.ts";
import { isHost } from "./host-word.ts";

/** `web01 | CHANGED | rc=0 | (stdout) line 1\nline 2 (stderr) …`: ansible -o; its line breaks are written \n. */
const pattern =
  /^(\S{1,255}) \| (?:SUCCESS|CHANGED|FAILED|success|changed)!? \| rc=-?\d{1,5} \| \(stdout\) (.*)$/s;

/** `ansible --one-line`: a host's whole answer on one line. */
export function detectAnsibleOneLine(sample: readonly string[]): Capture | null {
  const isOf = sample.slice(0, 50).some((line) => isHost(pattern.exec(line)?.[1] ?? " "));
  return isOf ? { form: "ansible", split: () => splitLine } : null;
}

function splitLine(line: string): CapturedLine | null {
  const found = pattern.exec(line);
  if (found === null) return null;
  const [, host = "", answer = ""] = found;
  const end = answer.lastIndexOf(" (stderr) ");
  const output = end === -1 ? answer : answer.slice(0, end);
  // (stdout) was one print of Python: \\n for a line feed, a backslash of its own stays one.
  return isHost(host)
    ? { host, file: null, line: output.replaceAll("\\r\\n", "\n").replaceAll("\\n", "\n") }
    : null;
}
