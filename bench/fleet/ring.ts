/** One kernel log as two commands show it. */
export interface Ring {
  /** As `dmesg -r` prints it. */
  readonly dmesg: string;
  /** As /dev/kmsg gives it. */
  readonly kmsg: string;
}

const stampUs = (at: number): number => at * 3_700_000;

/** A kernel log of about `bytes` bytes: a boot, chatter, and one kill at its end. */
export function ringOf(bytes: number): Ring {
  const texts = ["Linux version 5.14.0-503.el9.x86_64 (builder@example) #1 SMP"];
  let length = 0;
  for (let at = 1; length < bytes - 400; at += 1) {
    const text = `eth${at % 4}: NIC Link is Up, 10000 Mbps Full Duplex, Flow Control: RX/TX, event ${at}`;
    texts.push(text);
    length += text.length + 19;
  }
  texts.push(
    "Out of memory: Killed process 4711 (java) total-vm:8123456kB, anon-rss:6123456kB, file-rss:0kB, shmem-rss:0kB, UID:1000 pgtables:12345kB oom_score_adj:0",
  );
  return {
    dmesg: texts.map((text, at) => `<6>[${(stampUs(at) / 1e6).toFixed(6).padStart(12)}] ${text}\n`).join(""),
    kmsg: texts.map((text, at) => `6,${at},${stampUs(at)},-;${text}\n`).join(""),
  };
}
