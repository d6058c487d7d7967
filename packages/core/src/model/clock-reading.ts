import type { EpochMs, Seconds } from "./units.ts";

/**
 * The clock that stamps printk's records, local_clock(), read between two looks at the host's: `cpu_clk` of sched_debug
 * (kernel/sched/debug.c, since 2.6.38), or the stamp of a line written just then.
 */
export interface ReadStamp {
  readonly stampS: Seconds;
  /** Host clock: it was read, or the line written, in [beforeMs, afterMs]. */
  readonly beforeMs: EpochMs;
  readonly afterMs: EpochMs;
}

/** Everything one probe read that dates a kernel stamp. Host clock unless said otherwise; null: not readable. */
export interface ClockReading {
  /** Host clock just before /proc/uptime was read. */
  readonly beforeMs: EpochMs | null;
  /** Latest instant at which the kernel log had been read: no record of it is later. */
  readonly afterMs: EpochMs | null;
  /** First field of /proc/uptime: CLOCK_BOOTTIME, 10 ms, the container's own under lxcfs. */
  readonly uptimeS: Seconds | null;
  /** `btime` of /proc/stat: host clock at boot, whole seconds. */
  readonly bootAtMs: EpochMs | null;
  /** Field 22 of a just-started process's stat / CLK_TCK: seconds since the kernel's boot, even in a container. */
  readonly sinceBootS: Seconds | null;
  /** True when /proc/uptime is a mount of its own (lxcfs); null when mountinfo was not readable. */
  readonly uptimeIsMounted: boolean | null;
  readonly cpuClock: ReadStamp | null;
  /** `date +%z` in seconds east of UTC. */
  readonly utcOffsetS: Seconds | null;
  /** IANA zone of the host, "Asia/Shanghai", or null. */
  readonly zone: string | null;
  /** Collector clock when the probe was sent and when its answer had arrived. */
  readonly sentMs: EpochMs;
  readonly receivedMs: EpochMs;
}
