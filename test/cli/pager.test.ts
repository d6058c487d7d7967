import { execFile } from "node:child_process";
import { existsSync } from "node:fs";
import { chmod, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { run } from "../../packages/cli/src/run.ts";
import { memoryIo } from "../support/memory-io.ts";

const bin = join(import.meta.dirname, "../../packages/cli/src/bin.ts");
const script = "/usr/bin/script";
const kills = 60;
let folder: string;
let pager: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "inquest-pager-"));
  const line = (at: number): string =>
    `[${1000 + at * 900}.000001] Out of memory: Killed process ${4000 + at} (java) total-vm:800kB, anon-rss:600kB, file-rss:4kB, shmem-rss:0kB, UID:1000 pgtables:8kB oom_score_adj:0\n`;
  await writeFile(join(folder, "web01.log"), Array.from({ length: kills }, (_, at) => line(at)).join(""));
  await run(["import", "web01.log", "--db", join(folder, "inquest.db")], memoryIo({ cwd: folder }));
  // A pager that says what it was given, and with which words it was started.
  pager = join(folder, "pager");
  await writeFile(pager, `#!/bin/sh\necho "paged by $*"\ncat >'${folder}/paged'\n`);
  await chmod(pager, 0o755);
});
afterAll(() => rm(folder, { recursive: true, force: true }));

/** What a terminal of 24 rows shows, and the exit code. */
async function onTerminal(words: string, env: Readonly<Record<string, string>>) {
  await rm(join(folder, "paged"), { force: true });
  const command = `stty rows 24 cols 80; '${process.execPath}' --conditions=inquest-source '${bin}' ${words} --db '${folder}/inquest.db'`;
  const { HOME, PATH } = { HOME: folder, PATH: process.env["PATH"] ?? "" };
  const asked = promisify(execFile)(script, ["-qec", command, "/dev/null"], {
    env: { HOME, PATH, TERM: "xterm", SHELL: "/bin/sh", ...env },
  });
  asked.child.stdin?.end();
  const { out, code } = await asked.then(
    ({ stdout }) => ({ out: stdout, code: 0 }),
    (error: { readonly stdout: string; readonly code: number }) => ({ out: error.stdout, code: error.code }),
  );
  const given = existsSync(join(folder, "paged")) ? await readFile(join(folder, "paged"), "utf8") : null;
  return { out, code, given };
}

describe.skipIf(!existsSync(script))("on a terminal", () => {
  test("what is longer than the screen goes to the pager whole, and what is told comes after", async () => {
    const { out, given, code } = await onTerminal("incidents", {
      INQUEST_PAGER: `${pager} -a b`,
      PAGER: "false",
    });
    expect(code).toBe(0);
    expect(out).toContain("paged by -a b");
    expect(given?.match(/java/g)).toHaveLength(kills);
    expect(out).not.toContain("java");
  });

  test("what fits does not, nor with --no-pager, cat, or nothing for a pager", async () => {
    const env = { PAGER: pager };
    for (const [words, other] of [
      ["incidents -n 3", {}],
      ["incidents --no-pager", {}],
      ["incidents", { INQUEST_PAGER: "cat" }],
      ["incidents", { INQUEST_PAGER: "" }],
    ] as const) {
      const { out, given } = await onTerminal(words, { ...env, ...other });
      expect(given).toBeNull();
      expect(out).toContain("java");
    }
  });

  test("a pager that is left early, or is not there, changes no exit code", async () => {
    const left = await onTerminal("incidents --exit-code", { PAGER: "true" });
    expect({ code: left.code, out: left.out }).toEqual({
      code: 10,
      out: expect.not.stringContaining("EPIPE"),
    });
    const missing = await onTerminal("incidents --exit-code", { PAGER: "no-such-pager" });
    expect(missing.code).toBe(10);
    expect(missing.out.match(/java/g)).toHaveLength(kills);
  });
});

test("without a terminal there is no pager", async () => {
  const io = memoryIo({ cwd: folder, env: { PAGER: pager } });
  expect(await run(["incidents", "--db", join(folder, "inquest.db")], io)).toBe(0);
  expect(io.out().match(/java/g)).toHaveLength(kills);
});
