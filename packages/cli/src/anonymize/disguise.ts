import { createHmac } from "node:crypto";
import type { Incident, Recurrence } from "@inquest/core";
import { noAnnotation } from "../render/annotation-fields.ts";
import type { HostRow } from "../render/host-row.ts";

/** Makes models that name nobody: the same name is always the same fake name of the same store. */
export interface Disguise {
  readonly host: (name: string) => string;
  readonly group: (name: string) => string;
  readonly incident: (incident: Incident) => Incident;
  readonly hostRow: (row: HostRow) => HostRow;
  readonly recurrence: (item: Recurrence) => Recurrence;
}

/** Below it are the system's own users on every distribution, and nobody is 65534 (login.defs, UID_MIN). */
const firstPersonalUid = 1000;
const nobodyUid = 65_534;

/**
 * Fake names by HMAC-SHA-256 (RFC 2104) under the store's key: without it nobody can try names out. Hosts, groups,
 * users, uids of people, addresses, cgroups, arguments and boot ids are replaced; what people wrote is left out, but
 * for the status. Names of processes, kernels, zones, times and figures stay: a report without them tells nothing.
 */
export function disguiseBy(key: Uint8Array): Disguise {
  const digest = (kind: string, name: string): Buffer =>
    createHmac("sha256", key).update(`${kind}\0${name}`).digest();
  const fake = (kind: string, name: string): string => `${kind}-${digest(kind, name).toString("hex", 0, 5)}`;
  const known = (kind: string, name: string | null): string | null =>
    name === null ? null : fake(kind, name);
  const host = (name: string): string => fake("host", name);
  const group = (name: string): string => fake("group", name);
  const uid = (real: number | null): number | null =>
    real === null || real < firstPersonalUid || real === nobodyUid
      ? real
      : 100_000 + (digest("uid", String(real)).readUInt32BE(0) >>> 1);
  const job = (real: Recurrence["jobs"][number]): Recurrence["jobs"][number] => ({
    ...real,
    host: host(real.host),
    source: fake("file", real.source),
    command: fake("command", real.command),
  });
  return {
    host,
    group,
    incident: (incident) => ({
      ...incident,
      host: host(incident.host),
      alsoOn: incident.alsoOn.map(host),
      groups: incident.groups.map(group),
      bootId: known("boot", incident.bootId),
      victim: {
        ...incident.victim,
        uid: uid(incident.victim.uid),
        user: known("user", incident.victim.user),
        args: known("args", incident.victim.args),
        cgroup: known("cgroup", incident.victim.cgroup),
      },
      memcg: incident.memcg && { ...incident.memcg, path: known("cgroup", incident.memcg.path) },
      // In the log's words, which may name a cgroup.
      pressure: incident.pressure && { ...incident.pressure, evidence: null },
      detail: null,
      suspects:
        incident.suspects?.map((suspect) => Object.assign({}, suspect, { uid: uid(suspect.uid) })) ?? null,
      annotation: { ...noAnnotation, status: incident.annotation.status },
    }),
    hostRow: (row) => ({
      ...row,
      host: host(row.host),
      address: known("address", row.address),
      groups: row.groups.map(group),
      // ssh's words name hosts and addresses; the state says what happened.
      reason: null,
    }),
    recurrence: (item) => ({
      ...item,
      hosts: item.hosts.map(host),
      group: known("group", item.group),
      jobs: item.jobs.map(job),
    }),
  };
}
