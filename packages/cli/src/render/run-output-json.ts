import { isUtf8 } from "node:buffer";
import type { FleetResult } from "@inquest/core";
import { toJson } from "./json.ts";

/**
 * One host as a line of `run -o jsonl`. Bytes that are no UTF-8 are U+FFFD in `stdout` and `stderr`; then, and only
 * then, `stdout_base64` and `stderr_base64` have them as they were. Null: there was nothing to be heard.
 */
export function formatRunOutputJson(result: FleetResult): string {
  const answer = result.ok ? result.value : result.kept;
  return toJson({
    host: result.target.host,
    state: result.ok ? "ok" : result.failure.state,
    reason: result.ok ? null : result.failure.reason,
    code: answer?.code ?? null,
    signal: answer?.signal ?? null,
    stdout: answer?.stdout.toString("utf8") ?? null,
    stderr: answer?.stderr.toString("utf8") ?? null,
    stdout_base64: exactBytes(answer?.stdout),
    stderr_base64: exactBytes(answer?.stderr),
    truncated: !result.ok && answer !== null,
    ms: Math.round(result.tookMs),
  });
}

function exactBytes(bytes: Buffer | undefined): string | null {
  return bytes === undefined || isUtf8(bytes) ? null : bytes.toString("base64");
}
