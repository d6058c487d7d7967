import { execFile } from "node:child_process";
import { existsSync } from "node:fs";
import { chmod, mkdir, mkdtemp, readdir, rename, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";

const run = promisify(execFile);
const cache = join(import.meta.dirname, "../../../node_modules/.cache/inquest-sshd");

/** A real OpenSSH for the tests, of the system or unpacked beside node_modules; nothing is installed. */
export interface SshTools {
  readonly sshd: string;
  /** Folders with libraries that the system lacks, as LD_LIBRARY_PATH wants them; "" when it has all. */
  readonly libraryPath: string;
  /** Lines that sshd_config needs so that an unpacked sshd finds its own parts (OpenSSH 9.8 and 10). */
  readonly configLines: readonly string[];
  /** Folder with `ssh`, `ssh-keygen`, `ssh-agent`, `ssh-add`; null when they are on the PATH. */
  readonly clientFolder: string | null;
}

const clientTools = ["ssh", "ssh-keygen", "ssh-agent", "ssh-add"];

/** Finds sshd and ssh, or unpacks Debian's packages into a cache folder. Safe when several processes start at once. */
export async function provideSshd(): Promise<SshTools> {
  const system = ["/usr/sbin/sshd", "/usr/local/sbin/sshd"].find((path) => existsSync(path));
  const server = system === undefined ? await unpacked("openssh-server") : null;
  const client = clientTools.every(isOnPath) ? null : await unpacked("openssh-client");
  if (client !== null) await writeWrappers(client);
  return {
    sshd: system ?? join(server ?? "", "usr/sbin/sshd"),
    libraryPath: server === null ? "" : await libraryFolders(server),
    configLines: server === null ? [] : partsOf(server),
    clientFolder: client === null ? null : join(client, "wrappers"),
  };
}

/** Puts the unpacked `ssh` on this process's PATH when the system has none. */
export function putOnPath({ clientFolder }: SshTools): void {
  const path = process.env["PATH"] ?? "";
  if (clientFolder !== null && !path.split(":").includes(clientFolder))
    process.env["PATH"] = `${clientFolder}:${path}`;
}

function isOnPath(tool: string): boolean {
  return (process.env["PATH"] ?? "")
    .split(":")
    .some((folder) => folder !== cache && existsSync(join(folder, tool)));
}

function partsOf(root: string): readonly string[] {
  return ["sshd-session", "sshd-auth"]
    .map((part) => [part, join(root, "usr/lib/openssh", part)] as const)
    .filter(([, path]) => existsSync(path))
    .map(([part, path]) => `${part === "sshd-session" ? "SshdSessionPath" : "SshdAuthPath"} ${path}`);
}

async function unpacked(name: string): Promise<string> {
  const place = join(cache, `${name}-${process.arch}`);
  if (existsSync(place)) return place;
  await mkdir(cache, { recursive: true });
  const work = await mkdtemp(join(cache, "work-"));
  try {
    const root = join(work, "root");
    await download(name, work, root);
    const wanted = await missingDependencies(name, work);
    for (const library of wanted) await download(library, work, root);
    const missing = await missingLibraries(root);
    if (missing.length > 0) throw new Error(`it lacks ${missing.join(", ")}`);
    await rename(root, place).catch((error: unknown) => {
      if (!existsSync(place)) throw error;
    });
    return place;
  } catch (error) {
    const reason = error instanceof Error ? error.message.split("\n")[0] : String(error);
    throw new Error(
      `the tests need ${name}: install it (apt-get install ${name}); it cannot be unpacked here: ${reason}`,
      {
        cause: error,
      },
    );
  } finally {
    await rm(work, { recursive: true, force: true });
  }
}

async function download(name: string, work: string, root: string): Promise<void> {
  try {
    await run("apt-get", ["download", name], { cwd: work });
  } catch {
    // No package lists, or stale ones: fetch our own, also as an ordinary user.
    const options = privateLists(work);
    if (!existsSync(join(work, "lists"))) {
      await mkdir(join(work, "lists/partial"), { recursive: true });
      await mkdir(join(work, "cache/archives/partial"), { recursive: true });
      await run("apt-get", [...options, "update"], { cwd: work });
    }
    await run("apt-get", [...options, "download", name], { cwd: work });
  }
  const file = await debOf(name, work);
  await run("dpkg", ["-x", file, root]);
}

function privateLists(work: string): readonly string[] {
  const settings = [`Dir::State::lists=${work}/lists`, `Dir::Cache=${work}/cache`, "APT::Sandbox::User=root"];
  return settings.flatMap((setting) => ["-o", setting]);
}

async function debOf(name: string, work: string): Promise<string> {
  const file = (await readdir(work)).find((one) => one.startsWith(`${name}_`) && one.endsWith(".deb"));
  if (file === undefined) throw new Error(`apt-get download ${name} left no file`);
  return join(work, file);
}

async function missingDependencies(name: string, work: string): Promise<readonly string[]> {
  const { stdout } = await run("dpkg-deb", ["-f", await debOf(name, work), "Depends"]);
  const libraries = stdout.split(/[,|]/).map((one) => one.trim().split(/[ :]/)[0] ?? "");
  const states = await Promise.all(
    libraries
      .filter((one) => one.startsWith("lib"))
      .map(async (one) =>
        run("dpkg-query", ["-W", "-f=${Status}", one]).then(
          ({ stdout: status }) => ({ one, installed: status.endsWith("installed") }),
          () => ({ one, installed: false }),
        ),
      ),
  );
  return states.filter(({ installed }) => !installed).map(({ one }) => one);
}

async function missingLibraries(root: string): Promise<readonly string[]> {
  const programs = [join(root, "usr/sbin/sshd"), join(root, "usr/bin/ssh")].filter((path) =>
    existsSync(path),
  );
  const env = { ...process.env, LD_LIBRARY_PATH: await libraryFolders(root) };
  const answers = await Promise.all(programs.map(async (path) => run("ldd", [path], { env })));
  return answers.flatMap(({ stdout }) =>
    [...stdout.matchAll(/(\S+) => not found/g)].map(([, name = ""]) => name),
  );
}

async function libraryFolders(root: string): Promise<string> {
  const folders = ["lib", "usr/lib"].map((folder) => join(root, folder)).filter((path) => existsSync(path));
  const inside = await Promise.all(
    folders.map(async (folder) =>
      (await readdir(folder)).filter((name) => name.includes("-linux-")).map((name) => join(folder, name)),
    ),
  );
  return inside.flat().join(":");
}

/** Small scripts in place of the programs: only they need the unpacked libraries. */
async function writeWrappers(root: string): Promise<void> {
  const folder = join(root, "wrappers");
  if (existsSync(folder)) return;
  const work = await mkdtemp(join(root, "wrappers-"));
  const libraries = await libraryFolders(root);
  for (const tool of clientTools) {
    const path = join(work, tool);
    await writeFile(
      path,
      `#!/bin/sh\nLD_LIBRARY_PATH='${libraries}' exec '${join(root, "usr/bin", tool)}' "$@"\n`,
    );
    await chmod(path, 0o755);
  }
  await rename(work, folder).catch(async (error: unknown) => {
    await rm(work, { recursive: true, force: true });
    if (!existsSync(folder)) throw error;
  });
}
