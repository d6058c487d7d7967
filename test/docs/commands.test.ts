import { execFile } from "node:child_process";
import { existsSync, globSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { parseCommandLine } from "../../packages/cli/src/parse-command-line.ts";
import { run } from "../../packages/cli/src/run.ts";
import { memoryIo } from "../support/memory-io.ts";
import { wordsOf } from "./support/words-of.ts";

const repository = join(import.meta.dirname, "../..");
const read = (path: string): string => readFileSync(join(repository, path), "utf8");
let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "inquest-docs-"));
});
afterAll(() => rmSync(folder, { recursive: true }));

/** Command lines in fenced blocks of the documents, and lines of service files. */
const shown = ["README.md", ...globSync("docs/**/*.md", { cwd: repository })].toSorted().flatMap((path) =>
  [...read(path).matchAll(/^```(?:sh|console)\n([\s\S]*?)^```$/gm)]
    .flatMap(([, block = ""]) => block.split("\n"))
    .flatMap((line) => /^(?:\$ )?inquest (.+)$/.exec(line)?.[1] ?? [])
    .map((line) => ({ path, line })),
);

test("the documents show command lines", () => {
  expect(shown.length).toBeGreaterThan(10);
});

test.each(shown)("$path: inquest $line", async ({ line }) => {
  const { asks } = await parseCommandLine(wordsOf(line), 80, async () => new Map());
  expect(asks).toBe("command");
});

describe("what contrib starts", () => {
  test.each([
    ["inquest.service", /^ExecStart=\S+\/inquest (.+)$/m],
    ["inquest.cron", /^\S+ \S+ \S+ \S+ \S+ inquest \S+\/inquest (.+)$/m],
  ])("%s runs a collection that is understood", async (name, pattern) => {
    const hosts = join(folder, "hosts.txt");
    writeFileSync(hosts, "web01\n");
    const line = pattern.exec(read(`contrib/${name}`))?.[1] ?? "";
    const argv = wordsOf(line.replace("/etc/inquest/hosts.txt", hosts).replace("/var/lib/inquest", folder));
    const io = memoryIo({ cwd: folder, env: { HOME: folder, PATH: process.env["PATH"] ?? "" } });
    expect(await run([...argv, "--dry-run"], io)).toBe(0);
    expect(io.out()).toContain("web01");
  });

  test("the container file starts a collection that is understood, as a user without rights", async () => {
    const file = read("contrib/Containerfile");
    const { name, version, bin, engines } = JSON.parse(read("packages/cli/package.json"));
    expect(file).toContain(`ARG TARBALL=${name}-${version}.tgz\n`);
    expect(Object.keys(bin)).toEqual(JSON.parse(/^ENTRYPOINT (.+)$/m.exec(file)?.[1] ?? ""));
    expect(Number(/^FROM node:(\d+)-slim$/m.exec(file)?.[1])).toBeGreaterThanOrEqual(
      Number.parseInt(engines.node.slice(2), 10),
    );
    expect(/^USER (.+)$/m.exec(file)?.[1]).toBe("node");
    const hosts = join(folder, "hosts.txt");
    writeFileSync(hosts, "web01\n");
    const words: readonly string[] = JSON.parse(/^CMD (.+)$/m.exec(file)?.[1] ?? "");
    const argv = words.map((word) => word.replace("/etc/inquest/hosts.txt", hosts));
    const env = { HOME: folder, PATH: process.env["PATH"] ?? "", XDG_STATE_HOME: "/var/lib" };
    const io = memoryIo({ cwd: folder, env });
    expect(await run(["db", "path"], io)).toBe(0);
    expect(io.out()).toBe("/var/lib/inquest/inquest.db\n");
    expect(file).toContain("ENV XDG_STATE_HOME=/var/lib\n");
    const dry = memoryIo({ cwd: folder, env: { ...env, XDG_STATE_HOME: folder } });
    expect(await run([...argv, "--dry-run"], dry)).toBe(0);
    expect(dry.out()).toContain("web01");
  });

  test("every folder and file that the service names is made by the steps of docs/running.md", () => {
    const steps = [...read("docs/running.md").matchAll(/^```sh\n([\s\S]*?)^```$/gm)].map(
      ([, block]) => block,
    );
    const service = read("contrib/inquest.service");
    expect(service).toContain("--hosts /etc/inquest/hosts.txt --db /var/lib/inquest/");
    for (const place of ["> /etc/inquest/hosts.txt", "--home-dir /var/lib/inquest", "-m 755 /etc/inquest\n"])
      expect(steps.join("")).toContain(place);
    expect(steps.join("")).toContain("contrib/inquest.service");
  });

  const analyze = "/usr/bin/systemd-analyze";
  test.skipIf(!existsSync(analyze))("the units are what systemd understands", async () => {
    // It looks the program of a service up, which is not installed here.
    const unit = read("contrib/inquest.service").replace("/usr/local/bin/inquest", "/bin/true");
    writeFileSync(join(folder, "inquest.service"), unit);
    writeFileSync(join(folder, "inquest.timer"), read("contrib/inquest.timer"));
    const paths = ["inquest.service", "inquest.timer"].map((name) => join(folder, name));
    const { stderr } = await promisify(execFile)(analyze, ["verify", "--man=no", ...paths]);
    expect(stderr.split("\n").filter((line) => line.includes("inquest."))).toEqual([]);
  });
});
