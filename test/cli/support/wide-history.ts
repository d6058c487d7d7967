import { mkdtempSync } from "node:fs";
import { rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { openStore } from "@inquest/store";
import { taskOf } from "../../support/task-of.ts";
import { nowMs, plainVisit } from "./case-history.ts";
import { incidentOf } from "./incident-of.ts";

/** Hosts whose names fill a terminal, by cells or by characters. */
export const wideHosts = [
  "数据库服务器-上海-主机-一号-生产环境",
  `node-${"0123456789".repeat(6)}.rack-17.datacenter-frankfurt.example.com`,
] as const;
const process = "java-".repeat(40);
const sentence = "the disk of the log host was full since the early morning and nobody looked at it";
const wideCgroup = `/kubepods.slice/kubepods-burstable.slice/${"cri-containerd-0123456789abcdef".repeat(5)}.scope`;

/** A store in which all is long or wide: names, paths, reasons and words. Five nights of it at the same time. */
export async function openWideHistory(): Promise<
  AsyncDisposable & { readonly folder: string; readonly db: string }
> {
  const folder = mkdtempSync(join(tmpdir(), "inquest-wide-"));
  const db = join(folder, "inquest.db");
  const store = await openStore(db);
  const run = await store.startRun({ label: sentence, startedMs: nowMs - 3_600_000, selected: 3 });
  const nothing = { boot: null, anchors: [], snapshot: null, schedules: null, evidence: [] };
  const task = taskOf({
    pid: 30_991,
    uid: 541,
    tgid: 30_991,
    totalVmPages: 4_011_606,
    rssPages: 2_005_803,
    swapentsPages: 0,
    oomScoreAdj: 0,
    name: process,
  });
  for (const [at, host] of wideHosts.entries()) {
    const incidents = [1, 2, 3, 4, 5].map((night) =>
      incidentOf({
        id: `k-${at}0000000000${night}`,
        host,
        groups: ["生产环境", "a-group-of-machines"],
        reportId: `o-${at}${night}`,
        stampUs: (at * 10 + night) * 1e9,
        detail: sentence,
        time: { atMs: nowMs - night * 86_400_000, errorS: 1, method: "anchored" },
        gaps: [sentence, `${sentence}, ${sentence}`],
        memcg: { path: wideCgroup, usageKiB: 8_388_608, limitKiB: 8_388_608 },
        victim: { name: process, user: "深圳", args: `${sentence} ${sentence}`, cgroup: wideCgroup },
        selected: { pid: 1, name: process },
        suspects: [
          { name: "数据库".repeat(5), uid: 541, count: 12, rssKiB: 8_023_212, swapKiB: null, share: 0.925 },
          { name: "java", uid: 541, count: 1, rssKiB: 23_212, swapKiB: null, share: 0.025 },
        ],
        annotation: { status: "done", owner: "mia", cause: sentence, ticket: "OPS-17", note: sentence },
      }),
    );
    await store.saveVisit(run, {
      ...nothing,
      visit: { ...plainVisit, host, name: host, clockDiffS: 12 },
      sightings: incidents.map((incident) => ({ incident, keys: [incident.id], words: null })),
      reports: incidents.map(({ reportId }) => ({
        reportId: reportId ?? "",
        pageSizeKiB: 4,
        tasks: [task],
        lines: [],
      })),
    });
  }
  const failed = { state: "refused", coverage: null, boot: null, bootAtMs: null } as const;
  await store.saveVisit(run, {
    ...nothing,
    visit: { ...plainVisit, ...failed, reason: `${sentence}; ${sentence}`, host: "web03", name: "web03" },
    sightings: [],
    reports: [],
  });
  await store.finishRun(run, nowMs - 3_590_000);
  await store.close();
  return { folder, db, [Symbol.asyncDispose]: () => rm(folder, { recursive: true, force: true }) };
}
