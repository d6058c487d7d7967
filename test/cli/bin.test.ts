import { execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { openStore } from "@inquest/store";
import { afterAll, beforeAll, expect, test } from "vitest";
import { root } from "../house/sources.ts";
import { deaths, nowMs, openCaseHistory } from "./support/case-history.ts";

const bin = join(root, "packages/cli/src/bin.ts");
const node = [process.execPath, "--conditions=inquest-source"] as const;

let history: Awaited<ReturnType<typeof openCaseHistory>>;
beforeAll(async () => {
  history = await openCaseHistory();
});
afterAll(async () => history[Symbol.asyncDispose]());

/** Runs the command as a process of its own; `take` bytes of its stdout are read before the pipe is closed. */
async function runProcess(
  argv: readonly string[],
  take = Infinity,
): Promise<{ code: unknown; out: string; err: string }> {
  const child = spawn(node[0], [node[1], bin, ...argv], { env: { ...process.env, NO_COLOR: "1" } });
  let [out, err] = ["", ""];
  child.stderr.setEncoding("utf8").on("data", (text: string) => (err += text));
  child.stdout.setEncoding("utf8").on("data", (text: string) => {
    out += text;
    if (out.length >= take) child.stdout.destroy();
  });
  await once(child, "close");
  return { code: child.exitCode, out, err };
}

test("the version is told without loading the database", async () => {
  const script = `
    const { registerHooks } = await import("node:module");
    registerHooks({ load: (url, context, next) => {
      if (url.includes("better-sqlite3")) throw new Error("loaded " + url);
      return next(url, context);
    } });
    process.argv.push("--version");
    await import(${JSON.stringify(bin)});`;
  const out = execFileSync(node[0], [node[1], "--input-type=module", "-e", script, "-"], {
    encoding: "utf8",
  });
  expect(out).toMatch(/^inquest \d/);
});

test("a reader that goes away (head) ends a long answer quietly, exit 0", async () => {
  const store = await openStore(history.db);
  const run = await store.startRun({ label: null, startedMs: nowMs, selected: 1 });
  const [visit] = await store.visits(1);
  if (visit === undefined) throw new Error("the history has no visit");
  const sightings = Array.from({ length: 2000 }, (_, at) => {
    const id = `k-${String(at).padStart(12, "0")}`;
    return { incident: { ...deaths.viewer, id }, keys: [id], words: null };
  });
  await store.saveVisit(run, {
    visit,
    boot: null,
    anchors: [],
    sightings,
    reports: [],
    snapshot: null,
    schedules: null,
    evidence: [],
  });
  await store.close();
  const { code, out, err } = await runProcess(["incidents", "-o", "jsonl", "--db", history.db], 1);
  expect({ code, err }).toEqual({ code: 0, err: "" });
  expect(out).not.toBe("");
});

test("all of a long answer arrives", async () => {
  const { code, out } = await runProcess(["incidents", "-o", "jsonl", "-q", "--db", history.db]);
  expect(code).toBe(0);
  expect(out.trimEnd().split("\n")).toHaveLength(2004);
});

test("bash completes commands, options and values with the script it is given", async () => {
  const { out } = await runProcess(["completion", "bash"]);
  const script = [
    `inquest() { "$NODE" "$CONDITIONS" "$BIN" "$@"; }`,
    out,
    "COMP_WORDS=(inquest export csv ''); COMP_CWORD=3; _inquest",
    'printf "%s\\n" "${COMPREPLY[@]}"',
  ].join("\n");
  const env = { ...process.env, NODE: node[0], CONDITIONS: node[1], BIN: bin };
  expect(execFileSync("bash", ["--norc", "-c", script], { encoding: "utf8", env })).toBe(
    "incidents\nhosts\nrecurring\n",
  );
});
