import { isIP } from "node:net";

/** Endings that say how a file is packed or what kind of file it is, never whose it is (`.ps` and `.top` may be a host's domain). */
const ending = /\.(?:gz|xz|zst|log|txt|out|json|export|dmesg|kmsg|journal|syslog|\d{1,3})$/i;
/** Words of what a file holds, and dates of when it was saved: what is left of a name may be a host's. */
const spoken =
  /^(?:sosreport|dmesg|kern|kernel|kmsg|messages|syslog|journal|journalctl|oom|oomkiller|kill|kills|ps|top|uptime|console|log|var|alerts?|before|after|\d{1,14}|\d{4}-\d\d-\d\d(?:t[\d:.]*z?)?)$/i;
const hostName = /^[a-z0-9](?:[a-z0-9.-]{0,251}[a-z0-9])?$/i;

/**
 * The host that a file's name tells: `web01.log`, `web01.dmesg`, `dmesg-web01.txt.gz`, `web01/dmesg`, or null. What the file holds
 * and when it was saved is taken out of the name; what is left has to look like one host, a letter in it.
 */
export function hostOfFileName(below: string): string | null {
  const parts = below.split(/[/\\]/);
  for (const part of [parts.at(-1) ?? "", ...parts.slice(0, -1)]) {
    const host = hostOfPart(part);
    if (host !== null) return host;
  }
  return null;
}

function hostOfPart(part: string): string | null {
  const address = part.replace(/\.(?:log|txt|out)$/i, "");
  if (isIP(address) !== 0) return address;
  let name = part;
  while (ending.test(name)) name = name.replace(ending, "");
  const words = name.split(/(?<=[A-Za-z0-9])[-_](?=[A-Za-z0-9])/);
  const kept = words.filter((word) => !spoken.test(word));
  // "web-prod-01": only words at the ends are taken away, so what is left stands together in the name.
  const left = kept.length === 0 ? "" : name.slice(name.indexOf(kept[0] ?? ""));
  const host = trimSpoken(left);
  return hostName.test(host) && /[a-z]/i.test(host) ? host : null;
}

/** Takes spoken words off the end. */
function trimSpoken(name: string): string {
  const at = Math.max(name.lastIndexOf("-"), name.lastIndexOf("_"));
  const last = at === -1 ? "" : name.slice(at + 1);
  // A bare number ends host names, too: "app-01" stays whole, a date of eight digits and more does not.
  return at !== -1 && spoken.test(last) && !/^\d{1,5}$/.test(last) ? trimSpoken(name.slice(0, at)) : name;
}
