import { chmodSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";

/** What a stand-in for a command does: says this and exits so, or runs this sh text. */
export type CommandSpec =
  | string
  | { readonly stdout?: string | Uint8Array; readonly stderr?: string; readonly status?: number };

/** How a test host differs from a healthy one. */
export interface FileRootSpec {
  /** Files by path below the root; null leaves one out. */
  readonly files?: Readonly<Record<string, string | Uint8Array | null>>;
  /** Paths that are directories where a file belongs: unreadable even to root. */
  readonly directories?: readonly string[];
  /** Symbolic links, path to target; null leaves one out. */
  readonly links?: Readonly<Record<string, string | null>>;
  /** Stand-ins for commands; null lets the machine's own answer. */
  readonly commands?: Readonly<Record<string, CommandSpec | null>>;
  /** Part of the directory's name, to try blanks and quotes in paths. */
  readonly name?: string;
}

/** A host as the probe sees it: its own files and commands before the machine's. */
export interface FileRoot {
  /** For the probe's `root`. */
  readonly root: string;
  /** For the front of PATH. */
  readonly bin: string;
  readonly remove: () => void;
}

export const bootId = "6f1c2b7e-5a0d-4c9e-9b3e-2d7f00c1a5e4";

/** A host that booted at 2026-11-22T18:00:00Z and is read at 20:46:40.25, Shanghai time. */
const healthyFiles: Readonly<Record<string, string>> = {
  "proc/uptime": "10000.25 38000.10\n",
  "proc/self/stat": `4137 (sh) R 4133 4137 4137 0 -1 4194304 90 0 0 0 0 0 0 0 20 0 1 0 1000025 2654208 164\n`,
  "proc/stat":
    "cpu  10 0 10 100 0 0 0 0 0 0\ncpu0 10 0 10 100 0 0 0 0 0 0\nintr 9 8 7\nctxt 1\nbtime 1795370400\n",
  "proc/vmstat": "nr_free_pages 100\noom_kill 3\noom_kill_x 9\n",
  "proc/meminfo":
    "MemTotal:       16330996 kB\nMemFree:         1000000 kB\nMemAvailable:    8165498 kB\nBuffers: 1 kB\nSwapTotal:       2097148 kB\nSwapFree:        1048574 kB\n",
  "proc/sys/kernel/random/boot_id": `${bootId}\n`,
  "proc/sys/kernel/osrelease": "5.14.0-503.el9.x86_64\n",
  "proc/self/statm": "865 461 381 36 0 148 0\n",
  "proc/self/status": "Name:\tgrep\nVmPeak:\t    3460 kB\nVmSize:\t    3460 kB\n",
  "proc/self/mountinfo":
    "22 27 0:21 / /proc rw,relatime - proc proc rw\n27 1 254:0 / / rw,relatime - ext4 /dev/vda rw\n",
  "sys/devices/system/cpu/online": "0-3\n",
  "dev/kmsg": "6,0,0,-;Linux version 5.14.0-503.el9.x86_64\n6,1,1500000,-;systemd[1]: started\n",
};

const healthyCommands: Readonly<Record<string, CommandSpec>> = {
  date: { stdout: "1795380400.250000000 +0800\n" },
  uptime: { stdout: " 04:46:40 up  2:46,  1 user,  load average: 0.20, 0.10, 0.05\n" },
  dmesg: { stdout: "<5>[    0.000000] Linux version 5.14.0-503.el9.x86_64\n" },
  uname: { stdout: "5.14.0-503.el9.x86_64\n" },
  ps: {
    stdout:
      "    PID    PPID   UID USER        RSS    VSZ                  STARTED COMMAND         COMMAND\n" +
      "      1       0     0 root      15288  45396 Mon Nov 23 02:00:00 2026 systemd         /sbin/init\n",
  },
  sudo: { stderr: "sudo: a password is required\n", status: 1 },
  journalctl: notFound("journalctl"),
};

/** What a shell says of a command that is not installed. */
export function notFound(command: string): CommandSpec {
  return { stderr: `sh: 1: ${command}: not found\n`, status: 127 };
}

function writeCommand(bin: string, name: string, spec: CommandSpec): void {
  const path = join(bin, name);
  if (typeof spec === "string") {
    writeFileSync(path, `#!/bin/sh\n${spec}\n`);
  } else {
    writeFileSync(`${path}.out`, spec.stdout ?? "");
    writeFileSync(`${path}.err`, spec.stderr ?? "");
    writeFileSync(path, `#!/bin/sh\ncat "$0.out"\ncat "$0.err" >&2\nexit ${spec.status ?? 0}\n`);
  }
  chmodSync(path, 0o755);
}

/** Builds a test host below a new directory of the system's temporary one; `remove` takes it away. */
export function buildFileRoot(spec: FileRootSpec = {}): FileRoot {
  const home = mkdtempSync(join(tmpdir(), `inquest-${spec.name ?? "host"}-`));
  const root = join(home, "root");
  const bin = join(home, "bin");
  mkdirSync(root);
  mkdirSync(bin);
  const place = (path: string): string => {
    const full = join(root, path);
    mkdirSync(dirname(full), { recursive: true });
    return full;
  };
  const directories = new Set(spec.directories);
  for (const [path, content] of Object.entries({ ...healthyFiles, ...spec.files })) {
    if (content !== null && !directories.has(path)) writeFileSync(place(path), content);
  }
  for (const path of directories) mkdirSync(place(path), { recursive: true });
  const links = { "etc/localtime": "../usr/share/zoneinfo/Asia/Shanghai", ...spec.links };
  for (const [path, target] of Object.entries(links)) if (target !== null) symlinkSync(target, place(path));
  for (const [name, command] of Object.entries({ ...healthyCommands, ...spec.commands })) {
    if (command !== null) writeCommand(bin, name, command);
  }
  return { root, bin, remove: () => rmSync(home, { recursive: true, force: true }) };
}
