import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { FleetOptions, HostTarget } from "@inquest/core";
import { bareTarget, nonceOf, now, writeProbeAnswer } from "@inquest/core";
import { machineAnswer } from "./machine-answer.ts";
import type { DemoHost } from "./scene.ts";
import { sceneAt } from "./scene.ts";
import type { DemoAnswer, DemoServer } from "./ssh-server.ts";
import { makeDemoKey, startDemoServer } from "./ssh-server.ts";

/** The demo's fleet while it runs: its hosts, and everything a client needs to know of them. */
export interface DemoFleet {
  readonly targets: readonly HostTarget[];
  /** A folder of its own, for the store and the exported files; gone when the fleet is closed. */
  readonly folder: string;
  /** How to connect: its own key and known_hosts; the user's ssh configuration and agent have no say. */
  readonly fleet: Pick<
    FleetOptions,
    | "lookupsAtOnce"
    | "useSshConfig"
    | "knownHostsFiles"
    | "account"
    | "agentSocket"
    | "askPassphrase"
    | "password"
    | "overrides"
    | "hostKey"
    | "transport"
  >;
  close(): Promise<void>;
}

const user = "demo";

/** Starts one SSH server a host on loopback, with throw-away keys in a temporary folder. */
export async function openDemoFleet(): Promise<DemoFleet> {
  const hosts = sceneAt(now());
  const key = makeDemoKey("inquest demo client");
  const folder = await mkdtemp(join(tmpdir(), "inquest-demo-"));
  const servers: DemoServer[] = [];
  const close = async (): Promise<void> => {
    await Promise.all(servers.map((server) => server.close()));
    await rm(folder, { recursive: true, force: true });
  };
  try {
    const targets: HostTarget[] = [];
    for (const host of hosts) {
      const server = await startDemoServer(host.behaviour === "refuses" ? null : key, (command) =>
        answerOf(host, command),
      );
      servers.push(server);
      targets.push({
        ...bareTarget(server.address, "demo"),
        host: host.host,
        user,
        port: server.port,
      });
    }
    const identityFile = join(folder, "id_ed25519");
    const knownHosts = join(folder, "known_hosts");
    await writeFile(identityFile, key.privateKey, { mode: 0o600 });
    await writeFile(knownHosts, servers.map(({ knownHostsLine }) => `${knownHostsLine}\n`).join(""));
    return {
      targets,
      folder,
      fleet: {
        lookupsAtOnce: 1,
        useSshConfig: false,
        knownHostsFiles: [knownHosts],
        account: { user, home: folder },
        agentSocket: null,
        askPassphrase: null,
        password: null,
        overrides: { configFile: null, user: null, identityFile, jump: null },
        hostKey: "strict",
        transport: "ssh2",
      },
      close,
    };
  } catch (error) {
    await close();
    throw error;
  }
}

function answerOf({ behaviour, machine }: DemoHost, command: string): DemoAnswer {
  const nonce = nonceOf(command);
  if (behaviour === "hangs" || machine === null || nonce === null) return "silence";
  return writeProbeAnswer(machineAnswer(machine, now()), nonce);
}
