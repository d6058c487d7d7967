/** Levels as syslog names them, 0–7 (RFC 5424, 6.2.1); with the short and long forms that tools write. */
const levels: ReadonlyMap<string, number> = new Map([
  ["emerg", 0],
  ["panic", 0],
  ["alert", 1],
  ["crit", 2],
  ["err", 3],
  ["error", 3],
  ["warn", 4],
  ["warning", 4],
  ["notice", 5],
  ["info", 6],
  ["debug", 7],
]);

/** Every name of a level. */
export const levelNames: readonly string[] = [...levels.keys()];

/** Facilities as util-linux names them, in the order of their numbers; after them come local0 to local7. */
export const facilityNames: readonly string[] = [
  "kern",
  "user",
  "mail",
  "daemon",
  "auth",
  "syslog",
  "lpr",
  "news",
  "uucp",
  "cron",
  "authpriv",
  "ftp",
  "res0",
  "res1",
  "res2",
  "res3",
];

/** LOG_USER: what syslog(3) calls a message that names no facility; never the kernel's. */
export const userFacility = 1;

/** Level 0–7 of its name, or null. */
export function levelOf(name: string): number | null {
  return levels.get(name) ?? null;
}

/** Facility of its name; of a name that nobody knows, null. */
export function facilityOf(name: string): number | null {
  const place = facilityNames.indexOf(name);
  if (place !== -1) return place;
  const local = /^local([0-7])$/.exec(name);
  return local === null ? null : 16 + Number(local[1]);
}

/** Level and facility of the number that syslog and printk write in brackets: facility * 8 + level (RFC 5424, 6.2.1). */
export function splitPriority(digits: string | undefined): {
  readonly level: number | null;
  readonly facility: number | null;
} {
  if (digits === undefined) return { level: null, facility: null };
  const priority = Number(digits);
  return { level: priority & 7, facility: priority >> 3 };
}
