/** A kernel log made up for measuring, and what it tells. */
export interface ComposedLog {
  /** About a mebibyte each, at line ends. */
  readonly pieces: readonly Buffer[];
  readonly kills: number;
  readonly segfaults: number;
}

/** How the lines of a log begin: by the stamp, microseconds since boot. */
export type Prefix = (stampUs: number) => string;

/** Prefixes of the formats that are measured, by name. */
export const prefixes: Readonly<Record<string, Prefix>> = {
  dmesg: (stampUs) => `[${(stampUs / 1e6).toFixed(6).padStart(12)}] `,
  syslog: (stampUs) => `${calendar(stampUs)} web17 kernel: [${(stampUs / 1e6).toFixed(6).padStart(12)}] `,
};

function calendar(stampUs: number): string {
  const iso = new Date(1_429_300_000_000 + stampUs / 1000).toISOString();
  return `Apr ${String(Number(iso.slice(8, 10))).padStart(2)} ${iso.slice(11, 19)}`;
}

const pieceBytes = 1024 * 1024;
/** One report in so many lines, and one segfault. */
const linesPerReport = 20_000;
const linesPerSegfault = 5000;
const tableRows = 150;

/** Composes a log of about so many bytes; the same seed gives the same log. */
export function composeLog(bytes: number, prefix: Prefix, seed = 1): ComposedLog {
  const random = randomFrom(seed);
  const pieces: Buffer[] = [];
  let [text, length, stampUs, kills, segfaults] = ["", 0, 0, 0, 0];
  const say = (line: string): void => {
    stampUs += 1 + random(400_000);
    text += `${prefix(stampUs)}${line}\n`;
  };
  for (const line of bootLines) say(line);
  for (let at = 1; length + text.length < bytes; at += 1) {
    say((noise[random(noise.length)] ?? noise[0])(random));
    if (at % linesPerReport === 0) {
      for (const line of reportLines(random)) say(line);
      kills += 1;
    }
    if (at % linesPerSegfault === 0) {
      say(
        `worker[${random(32_768)}]: segfault at 10 ip 00007f0a1c2d${hex(random, 4)} sp 00007ffe3a4b5c60 error 4 in libwork.so.2[7f0a1c2c0000+4f000]`,
      );
      segfaults += 1;
    }
    if (text.length < pieceBytes) continue;
    pieces.push(Buffer.from(text));
    length += text.length;
    text = "";
  }
  pieces.push(Buffer.from(text));
  return { pieces, kills, segfaults };
}

type Random = (below: number) => number;

/** A generator good enough for noise (Numerical Recipes' constants). */
function randomFrom(seed: number): Random {
  let state = seed;
  return (below) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}

const hex = (random: Random, digits: number): string =>
  random(16 ** digits)
    .toString(16)
    .padStart(digits, "0");

const bootLines: readonly string[] = [
  "Linux version 6.1.0-18-amd64 (builder@example.org) (gcc-12 (Debian 12.2.0-14) 12.2.0) #1 SMP PREEMPT_DYNAMIC",
  "Command line: BOOT_IMAGE=/boot/vmlinuz-6.1.0-18-amd64 root=/dev/mapper/vg0-root ro quiet",
  "BIOS-provided physical RAM map:",
  "BIOS-e820: [mem 0x0000000000000000-0x000000000009fbff] usable",
  "Memory: 32678120K/33554432K available (14339K kernel code, 2332K rwdata, 9056K rodata)",
];

/** What fills the logs of hosts: links, bridges of containers, disks, audit, USB, firewalls, time, file systems. */
const noise: readonly [(random: Random) => string, ...((random: Random) => string)[]] = [
  (random) => `docker0: port ${1 + random(40)}(veth${hex(random, 7)}) entered blocking state`,
  (random) => `docker0: port ${1 + random(40)}(veth${hex(random, 7)}) entered disabled state`,
  (random) => `device veth${hex(random, 7)} entered promiscuous mode`,
  (random) => `eth0: renamed from veth${hex(random, 7)}`,
  (random) => `IPv6: ADDRCONF(NETDEV_CHANGE): veth${hex(random, 7)}: link becomes ready`,
  (random) =>
    `audit: type=1400 audit(${1_429_300_000 + random(900_000)}.${100 + random(900)}:${random(90_000)}): apparmor="DENIED" operation="open" profile="snap.${hex(random, 4)}.app" name="/proc/${random(32_768)}/mounts" pid=${random(32_768)} comm="collector" requested_mask="r" denied_mask="r" fsuid=1000 ouid=0`,
  (random) =>
    `audit: type=1131 audit(${1_429_300_000 + random(900_000)}.${100 + random(900)}:${random(90_000)}): pid=1 uid=0 auid=4294967295 ses=4294967295 msg='unit=backup-${random(99)} comm="systemd" exe="/usr/lib/systemd/systemd" res=success'`,
  (random) =>
    `[UFW BLOCK] IN=eth0 OUT= MAC=52:54:00:${hex(random, 2)}:${hex(random, 2)}:${hex(random, 2)} SRC=203.0.113.${random(256)} DST=198.51.100.7 LEN=${40 + random(1400)} TOS=0x00 PREC=0x00 TTL=${random(255)} ID=${random(65_536)} DF PROTO=TCP SPT=${random(65_536)} DPT=${random(65_536)} WINDOW=1024 RES=0x00 SYN URGP=0`,
  (random) => `usb 1-${1 + random(8)}: new high-speed USB device number ${random(127)} using xhci_hcd`,
  (random) => `usb 1-${1 + random(8)}: USB disconnect, device number ${random(127)}`,
  (random) =>
    `e1000e 0000:00:19.0 eth${random(4)}: NIC Link is Up ${10 ** (2 + random(3))} Mbps Full Duplex, Flow Control: Rx/Tx`,
  (random) =>
    `EXT4-fs (dm-${random(9)}): mounted filesystem with ordered data mode. Opts: (null). Quota mode: none.`,
  (random) => `XFS (sd${String.fromCharCode(97 + random(20))}1): Ending clean mount`,
  (random) =>
    `sd ${random(8)}:0:0:0: [sd${String.fromCharCode(97 + random(20))}] ${random(2 ** 31)} 512-byte logical blocks: (1.00 TB/931 GiB)`,
  (random) =>
    `blk_update_request: I/O error, dev sd${String.fromCharCode(97 + random(20))}, sector ${random(2 ** 31)} op 0x0:(READ) flags 0x80700 phys_seg 1 prio class 0`,
  (random) =>
    `TCP: request_sock_TCP: Possible SYN flooding on port ${random(65_536)}. Sending cookies.  Check SNMP counters.`,
  (random) => `nfs: server nas${random(9)} not responding, still trying`,
  (random) =>
    `perf: interrupt took too long (${2500 + random(9000)} > ${2500 + random(9000)}), lowering kernel.perf_event_max_sample_rate to ${random(90_000)}`,
  (random) => `systemd[1]: Started backup-${random(99)}.service - Nightly backup of volume ${random(99)}.`,
  (random) => `pci 0000:${hex(random, 2)}:1f.2: reg 0x20: [io  0x${hex(random, 4)}-0x${hex(random, 4)}]`,
];

/** A report of the OOM killer as Linux 6.1 prints it, with a task table. */
function reportLines(random: Random): readonly string[] {
  const pid = 1000 + random(30_000);
  const rows = Array.from({ length: tableRows }, (_, at) => {
    const own = at === 77 ? pid : 1000 + random(30_000);
    return `[${String(own).padStart(7)}]  1000 ${String(own).padStart(5)} ${String(random(4_000_000)).padStart(8)} ${String(random(2_000_000)).padStart(8)} ${String(random(9_000_000)).padStart(8)}        0             0 task-${at}`;
  });
  return [
    "server invoked oom-killer: gfp_mask=0x140cca(GFP_HIGHUSER_MOVABLE|__GFP_COMP), order=0, oom_score_adj=0",
    "CPU: 3 PID: 4711 Comm: server Not tainted 6.1.0-18-amd64 #1  Debian 6.1.76-1",
    "Hardware name: Example Board/Example, BIOS 1.0 01/01/2020",
    "Call Trace:",
    " <TASK>",
    ...Array.from({ length: 24 }, (_, at) => ` frame_${at}+0x${hex(random, 2)}/0x${hex(random, 3)}`),
    " </TASK>",
    "Mem-Info:",
    "active_anon:7101 inactive_anon:7990111 isolated_anon:0",
    "Node 0 Normal free:41200kB boost:0kB min:41300kB low:51600kB high:61900kB present:33554432kB managed:32678120kB",
    "Node 0 Normal: 812*4kB (UME) 211*8kB (UE) 80*16kB (U) = 41200kB",
    "24011 total pagecache pages",
    "Free swap  = 0kB",
    "Total swap = 2097148kB",
    "8388608 pages RAM",
    "Tasks state (memory values in pages):",
    "[  pid  ]   uid  tgid total_vm      rss pgtables_bytes swapents oom_score_adj name",
    ...rows,
    `oom-kill:constraint=CONSTRAINT_NONE,nodemask=(null),cpuset=/,mems_allowed=0,global_oom,task_memcg=/system.slice/work.service,task=task-77,pid=${pid},uid=1000`,
    `Out of memory: Killed process ${pid} (task-77) total-vm:31044012kB, anon-rss:30110220kB, file-rss:0kB, shmem-rss:0kB, UID:1000 pgtables:60112kB oom_score_adj:0`,
    `oom_reaper: reaped process ${pid} (task-77), now anon-rss:0kB, file-rss:0kB, shmem-rss:0kB`,
  ];
}
