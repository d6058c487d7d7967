/** A prefix as the lines of a log have it: of syslog, of /dev/kmsg, of dmesg, or none. */
const prefixes: readonly RegExp[] = [
  /^[A-Z][a-z]{2} [ \d]\d \d\d:\d\d:\d\d \S+ kernel: (?:\[ *\d+\.\d{6}\] )?/mu,
  /^\d{4}-\d\d-\d\dT\S+ \S+ kernel: (?:\[ *\d+\.\d{6}\] )?/mu,
  /^\d+,\d+,\d+,-;/mu,
  /^(?:[a-z]+ *:[a-z]+ *: )?\[ *\d+\.\d{6}\] (?:\[ *[TC]\d+\] )?/mu,
];

const lines = [
  "usb 1-2: new high-speed USB device number 4 using xhci_hcd",
  "docker0: port 3(veth1a2b3c4) entered disabled state",
  'audit: type=1400 audit(1429412278.101:77): apparmor="STATUS" operation="profile_load" name="a" pid=812 comm="parser"',
  "e1000e 0000:00:19.0 eth0: NIC Link is Up 1000 Mbps Full Duplex, Flow Control: Rx/Tx",
  "EXT4-fs (sda1): mounted filesystem with ordered data mode. Opts: (null)",
  "IPv6: ADDRCONF(NETDEV_CHANGE): veth1a2b3c4: link becomes ready",
  "TCP: request_sock_TCP: Possible SYN flooding on port 80. Sending cookies. Check SNMP counters.",
];

/** So many lines that tell of nothing, with the prefix of the first line of a log that has one. */
export function noiseLike(log: string, count: number): string {
  const prefix = prefixes.map((pattern) => pattern.exec(log)?.[0]).find((found) => found !== undefined) ?? "";
  return Array.from(
    { length: count },
    (_, at) => `${prefix}${lines[at % lines.length] ?? ""}, event ${at}\n`,
  ).join("");
}
