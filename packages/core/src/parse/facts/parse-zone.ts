/** Names already looked up: a fleet has few zones, and asking the runtime costs half a millisecond a time. */
const lookedUp = new Map<string, boolean>();

/** Whether a name is in the tz database, remembered. A hostile fleet cannot fill the memory with names. */
function isKnownZone(name: string): boolean {
  const known = lookedUp.get(name) ?? isZone(name);
  if (lookedUp.size < 1000) lookedUp.set(name, known);
  return known;
}

/** A name of the tz database that this runtime knows; names go below /usr/share/zoneinfo, so never an offset. */
function isZone(name: string): boolean {
  if (!/^[A-Za-z][A-Za-z0-9_+-]*(?:\/[A-Za-z0-9_+-]+){0,2}$/u.test(name)) return false;
  try {
    return new Intl.DateTimeFormat("en", { timeZone: name }).resolvedOptions().timeZone !== "";
  } catch {
    return false;
  }
}

/** Each line of the `zone` section and how a zone name stands in it, most trustworthy first. */
const sources: readonly RegExp[] = [
  // localtime ../usr/share/zoneinfo/Asia/Shanghai: where /etc/localtime points to.
  /^localtime .*\/zoneinfo\/(?:posix\/|right\/)?(.+)$/mu,
  // timezone Asia/Shanghai: /etc/timezone of Debian.
  /^timezone (.+)$/mu,
  // sysconfig ZONE="Asia/Shanghai": /etc/sysconfig/clock of RHEL 5 and 6, whose localtime is a copy.
  /^sysconfig ZONE=["']?([^"']+)["']?\s*$/mu,
];

/** IANA zone of a host from the `zone` section; null when it names none that is known. */
export function parseZone(text: string): string | null {
  for (const source of sources) {
    const name = source.exec(text)?.[1]?.trim().replaceAll(" ", "_");
    if (name !== undefined && isKnownZone(name)) return name;
  }
  return null;
}
