import { createHmac, randomBytes } from "node:crypto";
import { mkdir, open, readFile } from "node:fs/promises";
import { dirname } from "node:path";
import pLimit from "p-limit";
import { keyTypeOf, openKnownHosts } from "./known-hosts.ts";
import type { HostKeyName, KnownHosts } from "./known-hosts.ts";
import { parseKnownHosts } from "./parse-known-hosts.ts";
import type { ResolvedTarget } from "./resolved-target.ts";

/** The known_hosts files of a run: each set is read and indexed once, and one writer at a time adds to them. */
export interface KnownHostsFiles {
  /** Files that are not there count as empty; one that cannot be read is told once and counts as empty too. */
  readonly of: (target: ResolvedTarget) => Promise<KnownHosts>;
  /** What `accept-new` does: appends the key to the user's first file as ssh does, and to the index. */
  readonly remember: (target: ResolvedTarget, name: HostKeyName, key: Buffer) => Promise<void>;
}

/** Opens the known_hosts files of a run; nothing is read before the first host asks. */
export function openKnownHostsFiles(notice: (text: string) => void): KnownHostsFiles {
  const indexes = new Map<string, Promise<KnownHosts>>();
  const oneWriter = pLimit(1);

  const load = async (files: readonly string[]): Promise<KnownHosts> => {
    const texts = await Promise.all(files.map(async (file) => readText(file, notice)));
    return openKnownHosts(files.flatMap((file, at) => parseKnownHosts(texts[at] ?? "", file)));
  };
  const of = async (target: ResolvedTarget): Promise<KnownHosts> => {
    const files = [...target.userKnownHostsFiles, ...target.globalKnownHostsFiles];
    const id = files.join("\0");
    let index = indexes.get(id);
    if (index === undefined) {
      index = load(files);
      indexes.set(id, index);
    }
    return index;
  };

  return {
    of,
    remember: async (target, { name }, key) =>
      oneWriter(async () => {
        const index = await of(target);
        const [file] = target.userKnownHostsFiles;
        const line = { keyType: keyTypeOf(key), key: key.toString("base64"), marker: null, names: name };
        index.add({ ...line, place: file ?? "memory" });
        if (file === undefined) return;
        const names = target.hashKnownHosts ? hashName(name) : name;
        await appendLine(file, `${names} ${line.keyType} ${line.key}`);
      }),
  };
}

async function readText(file: string, notice: (text: string) => void): Promise<string> {
  try {
    return await readFile(file, "latin1");
  } catch (error) {
    const code = error instanceof Error && "code" in error ? String(error.code) : String(error);
    if (code !== "ENOENT") notice(`${file}: cannot be read (${code}); its host keys are not known`);
    return "";
  }
}

/** Appends whole lines only, as ssh does (hostfile.c, add_host_to_hostfile): a file may lack its last newline. */
async function appendLine(file: string, line: string): Promise<void> {
  await mkdir(dirname(file), { recursive: true, mode: 0o700 });
  const handle = await open(file, "a+", 0o600);
  try {
    const { size } = await handle.stat();
    const last = Buffer.alloc(1);
    if (size > 0) await handle.read(last, 0, 1, size - 1);
    const newline = size > 0 && last[0] !== 0x0a ? "\n" : "";
    await handle.write(`${newline}${line}\n`);
  } finally {
    await handle.close();
  }
}

function hashName(name: string): string {
  const salt = randomBytes(20);
  return `|1|${salt.toString("base64")}|${createHmac("sha1", salt).update(name).digest("base64")}`;
}
