/** What a made-up log holds, to check what was read against. */
export interface MixedLog {
  readonly text: string;
  readonly kills: number;
  readonly segfaults: number;
}

/** How a record is written down. */
export type Carrier = "dmesg" | "syslog";

const words = [
  "eth0: link is up, 10000 Mbps full duplex, flow control: rx/tx",
  "docker0: port 3(veth51f3a2c) entered forwarding state",
  'audit: type=1400 audit(1795370400.123:4711): apparmor="STATUS" operation="profile_replace" profile="unconfined"',
  "EXT4-fs (dm-3): mounted filesystem with ordered data mode. Opts: (null). Quota mode: none.",
  "nfs: server filer07 not responding, still trying",
  "usb 1-1.4: new high-speed USB device number 9 using xhci_hcd",
  "TCP: request_sock_TCP: Possible SYN flooding on port 8080. Sending cookies.  Check SNMP counters.",
  "systemd-journald[512]: Received request to flush runtime journal from PID 1",
  "perf: interrupt took too long (2503 > 2500), lowering kernel.perf_event_max_sample_rate to 79750",
  "IPv6: ADDRCONF(NETDEV_CHANGE): veth51f3a2c: link becomes ready",
];

/** Composes about `bytes` bytes of a kernel log: chatter, one OOM report a megabyte, five segfaults. Lines never repeat. */
export function mixedLog(bytes: number, carrier: Carrier, seed: number): MixedLog {
  const lines: string[] = [];
  let [length, at, kills, segfaults] = [0, seed * 10_000_000, 0, 0];
  const say = (text: string): void => {
    at += 1;
    const line = prefixOf(carrier, at) + text;
    lines.push(line);
    length += line.length + 1;
  };
  for (let nextReport = 500_000, nextFault = 100_000; length < bytes; ) {
    say(`${words[at % words.length]} #${at}`);
    if (length > nextFault) {
      nextFault += 200_000;
      segfaults += 1;
      say(`worker-${segfaults}[${at}]: segfault at 8 ip 00007f64${at.toString(16).padStart(8, "0")} sp 00007f640f8b9e30 error 4 in libc.so.6[7f64395a2000+178000]`);
    }
    if (length > nextReport) {
      nextReport += 1_000_000;
      kills += 1;
      for (const text of report(at)) say(text);
    }
  }
  return { text: `${lines.join("\n")}\n`, kills, segfaults };
}

function prefixOf(carrier: Carrier, at: number): string {
  const seconds = at / 100;
  const stamp = `[${seconds.toFixed(6).padStart(12)}] `;
  if (carrier === "dmesg") return stamp;
  const time = new Date(Date.UTC(2026, 0, 1) + seconds * 1000).toISOString();
  return `Jan ${time.slice(8, 10).replace(/^0/, " ")} ${time.slice(11, 19)} web01 kernel: ${stamp}`;
}

function* report(at: number): Generator<string> {
  yield "java invoked oom-killer: gfp_mask=0x140cca(GFP_HIGHUSER_MOVABLE|__GFP_COMP), order=0, oom_score_adj=0";
  yield "CPU: 4 PID: 9481 Comm: java Not tainted 5.15.0-91-generic #101-Ubuntu";
  for (let frame = 0; frame < 20; frame += 1) yield ` ? handle_mm_fault+0x${(frame * 77).toString(16)}/0x2e0`;
  yield "Mem-Info:";
  yield "Node 0 Normal free:44372kB min:44576kB low:55720kB high:66864kB active_anon:9234320kB present:16777216kB managed:16330996kB";
  yield "Node 0 Normal: 921*4kB (UME) 80*8kB (UE) 12*16kB (U) = 4516kB";
  yield "Free swap  = 0kB";
  yield "Total swap = 0kB";
  yield "4194304 pages RAM";
  yield "Tasks state (memory values in pages):";
  yield "[  pid  ]   uid  tgid total_vm      rss pgtables_bytes swapents oom_score_adj name";
  for (let task = 0; task < 150; task += 1) {
    yield `[${String(1000 + task).padStart(7)}]  1000 ${String(1000 + task).padStart(5)} ${String(20_000 + task * 37).padStart(8)} ${String(1000 + task * 13).padStart(8)}   450560        0             0 app-${task}`;
  }
  yield `oom-kill:constraint=CONSTRAINT_NONE,nodemask=(null),cpuset=/,mems_allowed=0,global_oom,task_memcg=/,task=java,pid=${at},uid=1000`;
  yield `Out of memory: Killed process ${at} (java) total-vm:8123456kB, anon-rss:6123456kB, file-rss:0kB, shmem-rss:0kB, UID:1000 pgtables:12345kB oom_score_adj:0`;
}
