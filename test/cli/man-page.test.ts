import { execFile } from "node:child_process";
import { existsSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { expect, onTestFinished, test } from "vitest";
import { commandTable } from "../../packages/cli/src/command-table.ts";
import { globalOptions } from "../../packages/cli/src/options/global.ts";
import { formatManPage } from "../../packages/cli/src/man-page.ts";

const page = async (): Promise<string> => {
  const entries = await Promise.all(commandTable.map(async (row) => ({ row, command: await row.load() })));
  return formatManPage(entries, globalOptions, "0.1.0");
};

test("tells every command and every option, in ASCII alone", async () => {
  const text = (await page()).replaceAll("\\-", "-");
  // oxlint-disable-next-line no-control-regex -- that is the question
  expect(text).toMatch(/^[\n\u0020-\u007e]*$/);
  for (const row of commandTable) {
    expect(text).toContain(`.SS "inquest ${row.usage}"`);
    for (const name of Object.keys((await row.load()).options))
      expect(text).toContain(name.length === 1 ? `-${name}` : `--${name}`);
  }
});

const groff = (process.env["PATH"] ?? "").split(":").some((folder) => existsSync(join(folder, "groff")));

// Skipped where groff is not installed: apt-get install groff.
test.skipIf(!groff)(
  "groff has nothing to complain about, and quotes and dashes come out as typed",
  async () => {
    const folder = mkdtempSync(join(tmpdir(), "inquest-man-"));
    onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
    const path = join(folder, "inquest.1");
    writeFileSync(path, await page());
    const { stdout, stderr } = await promisify(execFile)("groff", ["-man", "-ww", "-Tutf8", "-P-cbou", path]);
    expect(stderr).toBe("");
    expect(stdout).toContain("--keep-annotated");
    expect(stdout).toContain("inquest collect -A -b -p 5 -f temaihost");
    expect(stdout).toContain("inquest annotate --from review.csv -n");
  },
);
