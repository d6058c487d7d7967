import type { EpochMs, Process, Seconds } from "@inquest/core";
import type { DemoTask } from "./kernel-words.ts";
import { stamped, words2632, words68 } from "./kernel-words.ts";

/** What a host of the demo would tell a probe that reads it at the scene's time. */
export interface DemoMachine {
  readonly release: string;
  readonly bootId: string;
  /** Age of the kernel: what its stamps count. */
  readonly sinceBootS: Seconds;
  /** /proc/uptime; shorter than the kernel's age in a container. */
  readonly uptimeS: Seconds;
  readonly inContainer: boolean;
  readonly load: readonly [number, number, number];
  readonly ramKiB: number;
  readonly oomKills: number | null;
  /** As dmesg prints it. */
  readonly kernelLog: readonly string[];
  readonly processes: readonly Process[];
  /** Lines of its crontabs, each with path and number before it, as the probe sends them. */
  readonly crontabs: readonly string[];
}

const dayS = 86_400;

/** The stamp that a kernel of some age has for an instant. */
export type StampAt = (ageS: Seconds, atMs: EpochMs) => Seconds;

const task = (pid: number, uid: number, rssPages: number, name: string): DemoTask => ({
  pid,
  uid,
  vmPages: Math.round(rssPages * 1.3) + 3000,
  rssPages,
  name,
});

const processOf = (
  pid: number,
  uid: number,
  user: string,
  rssKiB: number,
  name: string,
  args: string,
): Process => ({
  pid,
  ppid: 1,
  uid,
  user,
  rssKiB,
  vszKiB: rssKiB * 2 + 12_000,
  startText: null,
  name,
  args,
});

const everyMinute = "./etc/cron.d/tsar:1:* * * * * root /usr/bin/tsar --cron";

const oldRelease = "2.6.32-358.23.2.el6.x86_64";
const newRelease = "6.8.0-49-generic";

/** A container: /proc/uptime is three days, the stamps are a physical host's of nine. */
export function stormNight(stampAt: StampAt, atMs: EpochMs): DemoMachine {
  const ageS = 9.2 * dayS;
  const victims = [
    task(17_884, 578, 772_268, "java"),
    task(198_135, 689, 607_426, "java"),
    task(255_982, 686, 829_156, "java"),
    task(174_548, 0, 269, "crond"),
    task(260_704, 702, 781_002, "java"),
  ];
  const child = task(174_493, 120_063, 187, "get_busbar_volt");
  const agent = task(4057, 0, 700, "DragoonAgent");
  const tasks = [
    agent,
    child,
    ...victims,
    task(9001, 0, 64_000, "backup-cron"),
    task(9002, 0, 61_000, "backup-cron"),
  ];
  const trigger = { pid: 174_494, name: "tsar" };
  const startS = stampAt(ageS, atMs);
  return {
    release: oldRelease,
    bootId: "6c1e8c1e-3b0f-4f52-9a57-0f6f1c2d4a01",
    sinceBootS: ageS,
    uptimeS: 3.1 * dayS,
    inContainer: true,
    load: [2.41, 2.2, 1.97],
    ramKiB: 134_217_728,
    oomKills: null,
    kernelLog: [
      ...stamped(startS - 4000, ["eth0: link up, 10000 Mbps, full-duplex"]),
      ...words2632(
        { stampS: startS, trigger, selected: agent, victim: child, tasks, memcg: null },
        oldRelease,
      ),
      ...victims.flatMap((victim, at) =>
        words2632(
          { stampS: startS + 0.6 * (at + 1), trigger, selected: victim, victim, tasks, memcg: null },
          oldRelease,
        ),
      ),
    ],
    crontabs: [everyMinute, "./etc/cron.d/backup:3:20 2 * * * root /usr/local/bin/backup-cron --all"],
    processes: [
      processOf(
        31_001,
        578,
        "admin",
        3_099_000,
        "java",
        "/opt/jdk/bin/java -Xmx4g -jar /home/admin/temai/app.jar",
      ),
      processOf(91, 0, "root", 504, "crond", "crond"),
    ],
  };
}

/** 129 starters of other guests' cron jobs in one table; the last line announces a kill and nothing follows. */
export function cronNight(stampAt: StampAt, atMs: EpochMs): DemoMachine {
  const ageS = 5.4 * dayS;
  const herd = Array.from({ length: 129 }, (_, at) =>
    task(224_000 + at * 7, at % 3 === 0 ? 514 : 0, 131 + (at % 9), "crond"),
  );
  const java = task(194_223, 540, 1_334_233, "java");
  const tasks = [java, task(125_332, 699, 1_592_616, "java"), task(211_598, 658, 1_754_909, "java"), ...herd];
  return {
    release: oldRelease,
    bootId: "a3d0a3d2-8d36-43f8-8a6c-0d2f1b8e4002",
    sinceBootS: ageS,
    uptimeS: ageS,
    inContainer: false,
    load: [0.45, 0.69, 0.44],
    ramKiB: 134_217_728,
    oomKills: null,
    kernelLog: words2632(
      {
        stampS: stampAt(ageS, atMs) - 1.2,
        trigger: { pid: 73_067, name: "sshd" },
        selected: java,
        victim: null,
        tasks,
        memcg: null,
      },
      oldRelease,
    ),
    crontabs: [everyMinute],
    processes: [
      processOf(
        32_420,
        540,
        "admin",
        3_250_000,
        "java",
        "/opt/jdk/bin/java -Xmx4g -jar /home/admin/temai/app.jar",
      ),
    ],
  };
}

/** A colleague's `view` of a huge log: the JVM dies first, the viewer 26 seconds later. */
export function viewMorning(stampAt: StampAt, atMs: EpochMs): DemoMachine {
  const ageS = 5.1 * dayS;
  const memcg = "/xxx041";
  const rest = [
    task(181_412, 514, 31_909, "java"),
    task(196_266, 541, 19_014, "nginx-proxy"),
    task(17_907, 52_539, 262, "bash"),
  ];
  const java = task(185_516, 541, 1_402_469, "java");
  const view = (rssPages: number): DemoTask => task(30_991, 52_539, rssPages, "view");
  const startS = stampAt(ageS, atMs);
  const grown = view(2_005_803);
  return {
    release: oldRelease,
    bootId: "d81f2c55-51c5-4f0e-8a1f-5b5d3a9c7003",
    sinceBootS: ageS,
    uptimeS: ageS,
    inContainer: false,
    load: [1.02, 1.1, 1.31],
    ramKiB: 8_388_608,
    oomKills: null,
    kernelLog: [
      ...words2632(
        {
          stampS: startS,
          trigger: { pid: 185_516, name: "java" },
          selected: java,
          victim: java,
          tasks: [java, view(603_903), ...rest],
          memcg,
        },
        oldRelease,
      ),
      ...words2632(
        {
          stampS: startS + 26,
          trigger: { pid: 33_825, name: "rsync" },
          selected: grown,
          victim: grown,
          tasks: [grown, ...rest],
          memcg,
        },
        oldRelease,
      ),
    ],
    crontabs: [everyMinute],
    processes: [
      processOf(17_907, 52_539, "colleague", 1048, "bash", "-bash"),
      processOf(
        40_112,
        541,
        "admin",
        2_900_000,
        "java",
        "/opt/jdk/bin/java -Xmx6g -jar /home/admin/detail/app.jar",
      ),
    ],
  };
}

/** A present-day kernel: one process runs into its container's limit. */
export function limitEvening(stampAt: StampAt, atMs: EpochMs): DemoMachine {
  const ageS = 3.2 * dayS;
  const indexer = task(88_120, 991, 1_040_000, "indexer");
  return {
    release: newRelease,
    bootId: "0f3a7a52-7f3d-4a55-b7f0-7be3c1d2e004",
    sinceBootS: ageS,
    uptimeS: ageS,
    inContainer: false,
    load: [0.31, 0.4, 0.38],
    ramKiB: 32_768_000,
    oomKills: 1,
    kernelLog: [
      ...stamped(0, [`Linux version ${newRelease} (buildd@lcy02) #49-Ubuntu SMP PREEMPT_DYNAMIC`]),
      ...stamped(1.9, ["tsc: Refined TSC clocksource calibration: 2893.202 MHz"]),
      ...words68(
        {
          stampS: stampAt(ageS, atMs),
          trigger: { pid: 88_131, name: "indexer" },
          selected: indexer,
          victim: indexer,
          tasks: [indexer, task(88_090, 991, 5200, "supervisor")],
          memcg: "/system.slice/indexer.service",
        },
        newRelease,
      ),
    ],
    crontabs: [],
    processes: [processOf(91_044, 991, "search", 1_200_000, "indexer", "/usr/bin/indexer --shards 8")],
  };
}

/** A present-day machine to which nothing has happened. */
export function quiet(): DemoMachine {
  return {
    release: newRelease,
    bootId: "5b0e9c30-2f5a-4c0e-9d63-1c8f6f7a8005",
    sinceBootS: 3.3 * dayS,
    uptimeS: 3.3 * dayS,
    inContainer: false,
    load: [0.02, 0.05, 0.01],
    ramKiB: 32_768_000,
    oomKills: 0,
    kernelLog: [...stamped(0, [`Linux version ${newRelease} (buildd@lcy02) #49-Ubuntu SMP PREEMPT_DYNAMIC`])],
    crontabs: [],
    processes: [processOf(1200, 991, "search", 900_000, "indexer", "/usr/bin/indexer --shards 8")],
  };
}
