import { execFile } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { afterAll, beforeAll, expect, test } from "vitest";
import { run } from "../../packages/cli/src/run.ts";
import { probeRequest } from "../../packages/core/src/probe/probe-request.ts";
import { probeScript } from "../../packages/core/src/probe/probe-script.ts";
import { splitProbeOutput } from "../../packages/core/src/probe/split-probe-output.ts";
import { memoryIo } from "../support/memory-io.ts";

const page = join(import.meta.dirname, "../../docs/what-runs-on-your-hosts.md");
const nonce = "0123456789abcdef0123456789abcdef";
const scriptBlock = /(<!-- script -->\n\n```sh\n)([\s\S]*?)(^```$)/m;
/** The page's block starts without the empty first line of the script. */
const script = probeScript.replace(/^\n/, "");
let folder: string;
let forced: string;

beforeAll(() => {
  if (process.env["UPDATE_DOCS"] === "1")
    writeFileSync(
      page,
      readFileSync(page, "utf8").replace(scriptBlock, (_, head, __, end) => head + script + end),
    );
  folder = mkdtempSync(join(tmpdir(), "inquest-what-runs-"));
  forced = join(folder, "forced");
  const text = /^#!\/bin\/sh\n# \/usr\/local\/lib\/inquest\/forced\n[\s\S]*?(?=^```$)/m.exec(
    readFileSync(page, "utf8"),
  )?.[0];
  writeFileSync(forced, (text ?? "exit 9\n").replaceAll("/usr/local/lib/inquest/", `${folder}/`));
  writeFileSync(join(folder, "probe.sh"), probeScript);
});
afterAll(() => rmSync(folder, { recursive: true }));

test("the page shows the script that is sent, byte for byte, as --dry-run prints it", async () => {
  expect(scriptBlock.exec(readFileSync(page, "utf8"))?.[2]).toBe(script);
  const io = memoryIo({ env: { HOME: folder, PATH: process.env["PATH"] ?? "" } });
  expect(await run(["collect", "-w", "web01", "--dry-run"], io)).toBe(0);
  expect(io.out()).toContain(script);
});

const force = (command: string): Promise<{ stdout: string }> =>
  promisify(execFile)("sh", [forced], { env: { PATH: process.env["PATH"], SSH_ORIGINAL_COMMAND: command } });

test("the forced command of the page answers a collection", async () => {
  const cursor = { bootId: "6f1c2b7e-5a0d-4c9e-9b3e-2d7f00c1a5e4", seq: 7, stampUs: 12 };
  for (const request of [
    probeRequest({
      root: "",
      nonce,
      sudo: "never",
      sections: ["clock", "proc"],
      sources: ["files", "journal"],
    }),
    probeRequest({ root: "", nonce, sudo: "never", sections: ["clock", "proc"], cursor }),
  ]) {
    const { stdout } = await force(request.command);
    const { sections } = splitProbeOutput(Buffer.from(stdout), Buffer.alloc(0), nonce);
    expect([...sections.keys()]).toContain("proc");
  }
});

test("the forced command of the page runs no second line", async () => {
  const { command } = probeRequest({ root: "", nonce, sudo: "never", sections: ["clock"] });
  const { stdout } = await force(`${command}\n${command.replace(nonce, nonce.replaceAll("0", "f"))}`);
  expect(stdout.match(/ open clock /g)).toHaveLength(1);
});

test.each([
  ["a command of its own", "id"],
  ["a command behind the probe's", `exec sh -s -- '' ${nonce} auto all '' 1 '' '' '' ''; id`],
  ["a file root", `exec sh -s -- /tmp ${nonce} auto all '' 1 '' '' '' ''`],
  ["a mark", `exec sh -s -- '' ${nonce} auto all '' 1 '' '' '' ${nonce}`],
  ["a command in a word", `exec sh -s -- '' $(id) auto all '' 1 '' '' '' ''`],
])("the forced command of the page refuses %s", async (_, command) => {
  await expect(force(command)).rejects.toMatchObject({ code: 1, stdout: "" });
});
