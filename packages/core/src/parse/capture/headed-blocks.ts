import type { Capture, CaptureForm, CapturedLine } from "./capture.ts";
import { isHost, withoutLogin } from "./host-word.ts";

/** A form that writes one line above each host's answer. */
interface HeadedForm {
  readonly form: CaptureForm;
  /** Groups: host or file. */
  readonly head: RegExp;
  /** A line with which no answer begins: what follows belongs to nobody. */
  readonly closes?: RegExp;
}

const forms: readonly HeadedForm[] = [
  {
    // [1] 02:57:58 [SUCCESS] web01          pssh -i, with `Exited with error code 1` behind a [FAILURE]
    form: "pssh",
    head: /^\[\d{1,7}\] \d\d:\d\d:\d\d \[(?:SUCCESS|FAILURE)\] (\S{1,255})(?: .*)?$/,
  },
  {
    // web01 | CHANGED | rc=0 >>             ansible's minimal callback; `success` before 2.0
    form: "ansible",
    head: /^(\S{1,255}) \| (?:SUCCESS|CHANGED|FAILED|success|changed|FAILED!)(?: \| rc=-?\d{1,5})? >>$/,
    // web02 | UNREACHABLE! => {
    closes: /^\S{1,255} \| (?:UNREACHABLE|FAILED|SUCCESS|CHANGED|SKIPPED)!? (?:=>|\|) /,
  },
  {
    // ==> /var/log/messages <==             tail and head of several files
    form: "tail",
    head: /^==> (.{1,4096}) <==$/,
  },
];

/** pssh -i, ansible and tail: each answer below a line of its own. */
export function detectHeadedBlocks(sample: readonly string[]): Capture | null {
  const first = sample.filter((line) => line.trim() !== "").slice(0, 10);
  for (const one of forms) {
    const heads = first.flatMap((line) => one.head.exec(line)?.[1] ?? []);
    const isOf = one.form === "tail" ? one.head.test(first[0] ?? "") : heads.some(isHost);
    if (isOf) return { form: one.form, split: () => splitter(one) };
  }
  return null;
}

function splitter({ form, head, closes }: HeadedForm): (line: string) => CapturedLine | null {
  let name: string | null = null;
  return (line) => {
    const found = head.exec(line)?.[1];
    if (found !== undefined && (form === "tail" || isHost(found))) {
      name = form === "tail" ? found : withoutLogin(found);
      return null;
    }
    if (closes?.test(line) === true) name = null;
    if (name === null) return null;
    if (form === "tail") return { host: null, file: name, line };
    // Stderr: of pssh stands before the first line of what went there.
    return {
      host: name,
      file: null,
      line: form === "pssh" && line.startsWith("Stderr: ") ? line.slice(8) : line,
    };
  };
}
