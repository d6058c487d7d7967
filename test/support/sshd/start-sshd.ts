import { execFile, spawn } from "node:child_process";
import type { ChildProcess } from "node:child_process";
import { existsSync } from "node:fs";
import { copyFile, mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { createServer } from "node:net";
import { tmpdir, userInfo } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { promisify } from "node:util";
import { makeKeyPair } from "../ssh-keys.ts";
import { provideSshd, putOnPath } from "./provide-sshd.ts";
import type { SshTools } from "./provide-sshd.ts";

/** One sshd to start. */
export interface SshdPlan {
  readonly name: string;
  /** More lines of sshd_config, such as `MaxStartups 10:30:60` or `ForceCommand …`; the first of a keyword counts. */
  readonly config?: readonly string[];
  /** Null or left out: any free port. */
  readonly port?: number | null;
}

/** One running sshd: a test host of its own address. */
export interface TestSshd {
  readonly name: string;
  readonly address: string;
  readonly port: number;
  /** Type and blob of its only host key. */
  readonly hostKey: string;
  /** Its line for known_hosts. */
  readonly knownHostsLine: string;
  /** What it said on stderr so far. */
  readonly log: () => Promise<string>;
}

/** Running sshds and what it takes to log in to them. All files are below `folder`. */
export interface TestFleet {
  readonly folder: string;
  readonly sshds: readonly TestSshd[];
  /** Who can log in: the account that runs the tests. */
  readonly user: string;
  /** Opens every sshd. */
  readonly identityFile: string;
  /** Knows every sshd. */
  readonly knownHostsFile: string;
  /** An ssh_config with a Host for every name; of the user's own configuration it takes nothing. */
  readonly configFile: string;
  /** Password of the account inside the namespace; null where there is none. */
  readonly password: string | null;
  readonly stop: () => Promise<void>;
}

const password = "correct horse";
/** crypt(3) of the password: `openssl passwd -6 -salt inquest 'correct horse'`. */
const passwordHash =
  "$6$inquest$Ga7sqoPJjii1zVZg.OQj.NLKG7qzJKyUBwtdkHBUi0gbM2GGPArzUF9sr7iHkYxZozVGbgBL8XB939ZTzszTk1";

/**
 * A process of ours that ends its sshds when its standard input ends: also when the tests are killed. As root it is
 * the first process of its own mount and pid namespace, so nothing outside changes and nothing outlives it.
 */
const wrapper = `
sshd=$1 libraries=$2 etc=$3; shift 3
if [ "$etc" ]; then
  mount --make-rprivate / && mount -t tmpfs tmpfs /run && mkdir -p /run/sshd || exit 1
  for file in passwd shadow; do mount --bind "$etc/$file" "/etc/$file" || exit 1; done
fi
for config; do
  LD_LIBRARY_PATH=$libraries "$sshd" -D -e -f "$config" </dev/null 2>"$config.log" &
  pids="$pids $!"
done
cat >/dev/null
kill $pids
`;

/** Starts sshds, each on its own 127.x address and a free port, many in one wrapper. */
export async function startSshds(plans: readonly SshdPlan[]): Promise<TestFleet> {
  const tools = await provideSshd();
  putOnPath(tools);
  const folder = await mkdtemp(join(tmpdir(), "inquest-sshd-"));
  const client = makeKeyPair();
  const identityFile = join(folder, "id_ed25519");
  await writeFile(identityFile, client.private, { mode: 0o600 });
  await writeFile(`${identityFile}.pub`, client.public);
  await writeFile(join(folder, "authorized_keys"), `${client.public}\n`, { mode: 0o600 });

  const sshds = await Promise.all(plans.map(async (plan, at) => writeConfig(plan, at, folder, tools)));
  const { username } = userInfo();
  const knownHostsFile = join(folder, "known_hosts");
  const configFile = join(folder, "ssh_config");
  await writeFile(knownHostsFile, sshds.map(({ knownHostsLine }) => `${knownHostsLine}\n`).join(""));
  await writeFile(configFile, sshConfig(sshds, identityFile, knownHostsFile));

  const hasNamespace = process.getuid?.() === 0 && (await mayUnshare());
  const etc = hasNamespace ? await writeAccounts(folder) : null;
  const script = ["-c", wrapper, "sh", tools.sshd, tools.libraryPath, etc ?? ""];
  const configs = sshds.map(({ name }) => join(folder, `${name}.conf`));
  const namespace = ["-m", "-p", "-f", "--mount-proc", "--kill-child=KILL", "sh"];
  const child = hasNamespace
    ? spawn("unshare", [...namespace, ...script, ...configs], { stdio: ["pipe", "ignore", "pipe"] })
    : spawn("sh", [...script, ...configs], { stdio: ["pipe", "ignore", "pipe"] });
  const stop = async (): Promise<void> => {
    await endChild(child);
    await rm(folder, { recursive: true, force: true });
  };
  try {
    await untilListening(sshds, child);
  } catch (error) {
    await stop();
    throw error;
  }
  return {
    folder,
    sshds,
    user: username,
    identityFile,
    knownHostsFile,
    configFile,
    password: hasNamespace ? password : null,
    stop,
  };
}

async function writeConfig(plan: SshdPlan, at: number, folder: string, tools: SshTools): Promise<TestSshd> {
  const address = addressOf(at);
  const port = plan.port ?? (await freePort(address));
  const key = makeKeyPair();
  const path = join(folder, plan.name);
  await writeFile(`${path}.key`, key.private, { mode: 0o600 });
  const lines = [
    ...(plan.config ?? []),
    `ListenAddress ${address}`,
    `Port ${port}`,
    `HostKey ${path}.key`,
    `PidFile ${path}.pid`,
    `AuthorizedKeysFile ${folder}/authorized_keys`,
    "UsePAM no",
    "StrictModes no",
    "PermitRootLogin yes",
    "UseDNS no",
    "PrintMotd no",
    ...tools.configLines,
  ];
  await writeFile(`${path}.conf`, `${lines.join("\n")}\n`);
  const hostKey = key.public.split(" ").slice(0, 2).join(" ");
  return {
    name: plan.name,
    address,
    port,
    hostKey,
    knownHostsLine: `[${address}]:${port} ${hostKey}`,
    log: async () => readFile(`${path}.conf.log`, "utf8").catch(() => ""),
  };
}

/** Every address of 127/8 is this machine's; the process id keeps test files that run side by side apart. */
function addressOf(at: number): string {
  return `127.${100 + ((process.pid >> 8) & 127)}.${process.pid & 255}.${at + 1}`;
}

async function freePort(address: string): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once("error", reject);
    server.listen(0, address, () => {
      const bound = server.address();
      server.close(() => resolve(typeof bound === "object" && bound !== null ? bound.port : 0));
    });
  });
}

function sshConfig(sshds: readonly TestSshd[], identityFile: string, knownHostsFile: string): string {
  const hosts = sshds.map(
    ({ name, address, port }) => `Host ${name}\n  HostName ${address}\n  Port ${port}\n`,
  );
  const all = `Host *\n  IdentityFile ${identityFile}\n  IdentityAgent none\n  UserKnownHostsFile ${knownHostsFile}\n`;
  return `${hosts.join("")}${all}`;
}

/** A container may forbid root its namespaces; then only an installed sshd has the account that it wants as root. */
async function mayUnshare(): Promise<boolean> {
  const may = await promisify(execFile)("unshare", ["-m", "-p", "-f", "true"]).then(
    () => true,
    () => false,
  );
  if (!may && !/^sshd:/m.test(await readFile("/etc/passwd", "utf8"))) {
    throw new Error(
      "the tests need openssh-server installed: as root here they may not make a namespace for their own",
    );
  }
  if (!may) await mkdir("/run/sshd", { recursive: true });
  return may;
}

/** Copies of passwd and shadow: sshd has its account, root the test password, an empty home and a shell without start-up files. */
async function writeAccounts(folder: string): Promise<string> {
  const etc = join(folder, "etc");
  await mkdir(etc);
  const passwd = await readFile("/etc/passwd", "utf8");
  const sshdLine = /^sshd:/m.test(passwd) ? "" : "sshd:x:65533:65534::/run/sshd:/usr/sbin/nologin\n";
  const home = join(folder, "home");
  await mkdir(home);
  const accounts = passwd.split("\n").filter((line) => line !== "" && !line.startsWith("root:"));
  await writeFile(join(etc, "passwd"), [`root:x:0:0:root:${home}:/bin/sh`, ...accounts, sshdLine].join("\n"));
  if (existsSync("/etc/shadow")) await copyFile("/etc/shadow", join(etc, "shadow"));
  else await writeFile(join(etc, "shadow"), "");
  const shadow = await readFile(join(etc, "shadow"), "utf8");
  const others = shadow.split("\n").filter((line) => line !== "" && !line.startsWith("root:"));
  await writeFile(
    join(etc, "shadow"),
    [`root:${passwordHash}:20000:0:99999:7:::`, ...others, ""].join("\n"),
    { mode: 0o600 },
  );
  return etc;
}

async function untilListening(sshds: readonly TestSshd[], child: ChildProcess): Promise<void> {
  let complaint = "";
  child.stderr?.on("data", (chunk: Buffer) => {
    complaint += chunk.toString();
  });
  const deadline = performance.now() + 30_000;
  for (const sshd of sshds) {
    for (let log = await sshd.log(); !log.includes("Server listening on"); log = await sshd.log()) {
      const gone = child.exitCode !== null || / (?:fatal|error): |^fatal: |Bad configuration/m.test(log);
      if (gone || performance.now() > deadline)
        throw new Error(`sshd ${sshd.name} did not start: ${complaint}${log}`);
      await sleep(10);
    }
  }
}

async function endChild(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = new Promise((resolve) => child.once("exit", resolve));
  child.stdin?.end();
  await ended;
}
