import type { Io } from "../io.ts";
import { formatRunOutputJson } from "../render/run-output-json.ts";
import type { OutputForm } from "./output-form.ts";

/** One JSON object a host, when it has ended. */
export function openJsonlForm(io: Pick<Io, "stdout">): OutputForm {
  return {
    onOutput: null,
    broken: null,
    take: async (result) => io.stdout.write(`${formatRunOutputJson(result)}\n`),
    finish: async () => {},
  };
}
