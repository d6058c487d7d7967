import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { Process } from "@inquest/core";
import { nonceOf, writeProbeAnswer } from "@inquest/core";
import { parsePs } from "../../../packages/core/src/parse/ps.ts";
import { machineAnswer } from "../../../packages/cli/src/demo/machine-answer.ts";
import type { DemoMachine } from "../../../packages/cli/src/demo/recorded-machines.ts";
import { makeDemoKey, startDemoServer } from "../../../packages/cli/src/demo/ssh-server.ts";

/** The hosts of docs/example while they answer SSH on loopback. */
export interface ExampleServers {
  /** An ssh_config that reaches them. */
  readonly configFile: string;
  close(): Promise<void>;
}

const release = "5.14.0-427.13.1.el9_4.x86_64";

/** Starts app-01 and app-02 as docs/example tells of them; db-01 lets nobody in. */
export async function startExampleServers(
  example: string,
  folder: string,
  nowMs: number,
): Promise<ExampleServers> {
  const text = (name: string): Promise<string> => readFile(join(example, name), "utf8");
  const linesOf = async (name: string): Promise<readonly string[]> =>
    (await text(name)).trimEnd().split("\n");
  const messages = (await linesOf("messages")).filter((line) => line.includes(" app-01 kernel: "));
  const jobs = "./etc/cron.d/backup:2:30 2 * * * root /usr/local/bin/backup-all";
  const machines: readonly (readonly [string, DemoMachine | null])[] = [
    [
      "app-01",
      machine(
        nowMs,
        "2026-10-20T09:14:03+08:00",
        8,
        messages.map((line) => line.replace(/^.*? kernel: /, "")),
        [],
        [jobs],
      ),
    ],
    [
      "app-02",
      machine(
        nowMs,
        "2026-10-31T20:40:00+08:00",
        2,
        await linesOf("app-02.dmesg"),
        parsePs(await text("app-02.ps")),
        [],
      ),
    ],
    ["db-01", null],
  ];
  const key = makeDemoKey("documentation");
  const servers = await Promise.all(
    machines.map(async ([name, recorded]) => {
      const server = await startDemoServer(recorded === null ? null : key, (command) => {
        const nonce = nonceOf(command);
        if (recorded !== null && nonce !== null)
          return writeProbeAnswer(machineAnswer(recorded, nowMs), nonce);
        return { stdout: Buffer.from(`${release}\n`), stderr: Buffer.alloc(0) };
      });
      return { name, server };
    }),
  );
  const identity = join(folder, "id_ed25519");
  const knownHosts = join(folder, "known_hosts");
  const configFile = join(folder, "ssh_config");
  await writeFile(identity, key.privateKey, { mode: 0o600 });
  await writeFile(knownHosts, servers.map(({ server }) => `${server.knownHostsLine}\n`).join(""));
  await writeFile(
    configFile,
    `${servers
      .map(({ name, server }) => `Host ${name}\n  HostName ${server.address}\n  Port ${server.port}\n`)
      .join(
        "",
      )}Host *\n  User ops\n  IdentityFile ${identity}\n  IdentitiesOnly yes\n  UserKnownHostsFile ${knownHosts}\n`,
  );
  return {
    configFile,
    close: async () => {
      await Promise.all(servers.map(({ server }) => server.close()));
    },
  };
}

function machine(
  nowMs: number,
  bootedAt: string,
  oomKills: number,
  kernelLog: readonly string[],
  processes: readonly Process[],
  crontabs: readonly string[],
): DemoMachine {
  const sinceBootS = (nowMs - Date.parse(bootedAt)) / 1000;
  return {
    release,
    bootId: `3f5b8a10-62c4-4d0e-9a77-00000000000${oomKills}`,
    sinceBootS,
    uptimeS: sinceBootS,
    inContainer: false,
    load: [0.42, 0.38, 0.4],
    ramKiB: 33_554_432,
    oomKills,
    kernelLog,
    processes,
    crontabs,
  };
}
