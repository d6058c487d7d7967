/** A kernel log of about `bytes` bytes as `dmesg -r` prints it: a boot, chatter, and one kill at its end. */
export function ringOf(bytes: number): string {
  const lines = ["<5>[    0.000000] Linux version 5.14.0-503.el9.x86_64 (builder@example) #1 SMP"];
  let length = 0;
  for (let at = 1; length < bytes - 400; at += 1) {
    const line = `<6>[${(at * 3.7).toFixed(6).padStart(12)}] eth${at % 4}: NIC Link is Up, 10000 Mbps Full Duplex, Flow Control: RX/TX, event ${at}`;
    lines.push(line);
    length += line.length + 1;
  }
  const stamp = (lines.length * 3.7 + 1).toFixed(6).padStart(12);
  lines.push(
    `<3>[${stamp}] Out of memory: Killed process 4711 (java) total-vm:8123456kB, anon-rss:6123456kB, file-rss:0kB, shmem-rss:0kB, UID:1000 pgtables:12345kB oom_score_adj:0`,
  );
  return `${lines.join("\n")}\n`;
}
