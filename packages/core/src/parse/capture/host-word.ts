/** A host in front of a line: a name, `user@name`, `name:port`, an IPv4 or IPv6 address. Not anchored at its end. */
export const hostSource =
  "(?:[A-Za-z0-9._-]{1,64}@)?(?:[A-Za-z0-9][A-Za-z0-9._-]{0,253}(?::\\d{1,5})?|[0-9A-Fa-f:]{2,39}(?:%[A-Za-z0-9.]{1,15})?)";

const whole = new RegExp(`^${hostSource}$`);
/** `web[01-03,07]`, `db1,db2`: hosts folded by dshbak -c and clush -b. */
const folded = /^[A-Za-z0-9[\]@%._:,-]{1,65536}$/;

/** Programs and parts of a kernel that write `name: ` themselves. */
const notHosts = new Set([
  "kernel",
  "kern",
  "klogd",
  "audit",
  "traps",
  "oom_reaper",
  "oom-kill",
  "lowmemorykiller",
  "INFO",
  "BUG",
  "WARNING",
  "MCE",
  "mce",
  "rcu",
  "watchdog",
  "sysrq",
  "systemd",
  "earlyoom",
  "Stderr",
]);

/** Whether a word may name a host. */
export function isHost(word: string): boolean {
  return whole.test(word) && !notHosts.has(word);
}

/** Whether a word may name hosts, folded or with commas between. */
export function isHosts(word: string): boolean {
  return folded.test(word) && /[A-Za-z0-9]/.test(word);
}

/** The name or address alone, of a word that may have a login name before it and a port behind it. */
export function withoutLogin(word: string): string {
  const host = word.slice(word.indexOf("@") + 1);
  const colon = host.indexOf(":");
  return colon !== -1 && colon === host.lastIndexOf(":") ? host.slice(0, colon) : host;
}
