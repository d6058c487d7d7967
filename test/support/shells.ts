import { spawnSync } from "node:child_process";
import {
  accessSync,
  chmodSync,
  constants,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  realpathSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import type { FileRoot } from "./file-root.ts";

/** A shell of this machine that can stand in for a host's. */
export interface Shell {
  readonly name: string;
  /** Program and its first arguments. */
  readonly argv: readonly [string, ...string[]];
  /** False for login shells that only have to start the probe: csh, fish. */
  readonly posix: boolean;
  /** True where its own commands come before PATH, as in the busybox of Debian. */
  readonly ownCommandsFirst: boolean;
}

const candidates: readonly (readonly [
  name: string,
  program: string,
  args: readonly string[],
  posix: boolean,
])[] = [
  ["sh", "sh", [], true],
  ["dash", "dash", [], true],
  ["bash", "bash", [], true],
  ["bash --posix", "bash", ["--posix"], true],
  ["busybox ash", "busybox", ["sh"], true],
  ["mksh", "mksh", [], true],
  ["yash", "yash", [], true],
  ["tcsh", "tcsh", [], false],
  ["fish", "fish", [], false],
];

/** Full path of a program on PATH or in the usual places, or null. */
export function findProgram(name: string): string | null {
  const folders = [...(process.env["PATH"] ?? "").split(delimiter), "/usr/bin", "/bin", "/usr/sbin", "/sbin"];
  for (const folder of folders) {
    const path = join(folder, name);
    try {
      accessSync(path, constants.X_OK);
      return path;
    } catch {
      // Not there: the next folder.
    }
  }
  return null;
}

/** The shells of this machine; `sh` at least, and dash only where it is not that `sh` itself. */
export const installedShells: readonly Shell[] = candidates.flatMap(([name, program, args, posix]) => {
  const path = findProgram(program);
  if (path === null || (name === "dash" && realpathSync(path) === realpathSync(findProgram("sh") ?? path))) {
    return [];
  }
  const dd = posix ? spawnSync(path, [...args, "-c", "command -v dd"]).stdout.toString() : "/";
  return [{ name, argv: [path, ...args] as const, posix, ownCommandsFirst: !dd.includes("/") }];
});

/** The shells that can run the probe itself. */
export const posixShells: readonly Shell[] = installedShells.filter((shell) => shell.posix);

/** What a host answered. */
export interface ShellAnswer {
  readonly stdout: Buffer;
  readonly stderr: Buffer;
  readonly status: number | null;
}

/**
 * For a shell that would not look for stand-ins on PATH: functions of their names before the script. Only `exec`
 * does not see functions, so the one before `date` goes.
 */
function withFunctions(script: Uint8Array, host: FileRoot): string {
  const own = readdirSync(host.bin).filter((name) => !name.includes("."));
  const calls = own.map(
    (name) => `${name}() { "${host.bin.replaceAll(/[\\"$`]/gu, "\\$&")}/${name}" "$@"; }`,
  );
  const timeout = own.includes("timeout") ? "" : `timeout() { shift 3; "$@"; }`;
  const dd = own.includes("dd") ? "" : `dd() { "${findProgram("dd") ?? "dd"}" "$@"; }`;
  const text = Buffer.from(script).toString().replaceAll("exec date", "date");
  return [...calls, timeout, dd, text].join("\n");
}

/**
 * Does what sshd does with a command: gives it to the login shell `shell`. The `sh` which the command then starts
 * is that same shell, if it is a POSIX one. The host's stand-ins come first on PATH.
 */
export function runInShell(
  shell: Shell,
  request: { readonly command: string; readonly stdin: Uint8Array },
  host: FileRoot | null = null,
): ShellAnswer {
  const home = mkdtempSync(join(tmpdir(), "inquest-shell-"));
  try {
    const bin = join(home, "bin");
    mkdirSync(bin);
    const [program, ...args] = shell.posix ? shell.argv : ["/bin/sh"];
    writeFileSync(join(bin, "sh"), `#!/bin/sh\nexec '${program}' ${args.join(" ")} "$@"\n`);
    chmodSync(join(bin, "sh"), 0o755);
    const path = [...(host === null ? [] : [host.bin]), bin, process.env["PATH"] ?? "", "/usr/bin", "/bin"];
    const [login, ...loginArgs] = shell.argv;
    const { stdout, stderr, status } = spawnSync(login, [...loginArgs, "-c", request.command], {
      input: shell.ownCommandsFirst && host !== null ? withFunctions(request.stdin, host) : request.stdin,
      env: { ...process.env, HOME: home, PATH: path.join(delimiter) },
      maxBuffer: 64 * 1024 * 1024,
      timeout: 30_000,
    });
    return { stdout, stderr, status };
  } finally {
    rmSync(home, { recursive: true, force: true });
  }
}
