import { facilityNames, facilityOf, levelNames, levelOf, userFacility } from "./priority.ts";

/** `kern.info`: as syslog daemons of routers write facility and level. */
export const priorityWord: string = `(?:${facilityNames.join("|")}|local[0-7])\\.(?:${levelNames.join("|")})`;

/**
 * ` web01 kernel: `, `kernel: `, `web01 kern.info kernel: ` (busybox syslogd), `web01 systemd[1]: `: the host, the level
 * and the program with its process id, RFC 3164, 4.1. A host neither ends with a colon nor holds a bracket; some
 * templates set it off by two blanks, or by a tab.
 */
const tagPattern = new RegExp(
  `(?:(?!${priorityWord} )([^\\s[]{0,254}[^\\s[:])[ \\t]{1,8})?(?:(${priorityWord}) )?([^\\s:[]{1,64})(?:\\[[^\\]\\s]{0,32}\\])?:(?: |$|(?=\\[ {0,12}\\d))`,
  "y",
);

/** Who wrote a line, as its carrier says. */
export interface Tagged {
  readonly host: string | null;
  /** Null for the kernel. */
  readonly tag: string | null;
  readonly level: number | null;
  /** Never the kernel's for another tag; null where nothing is said of the kernel's own. */
  readonly facility: number | null;
  /** Index behind it. */
  readonly end: number;
}

/** Reads host and tag at an index of a line; null where no tag stands there. */
export function peelTag(line: string, at: number): Tagged | null {
  tagPattern.lastIndex = at;
  const found = tagPattern.exec(line);
  if (found === null) return null;
  const [whole, host = null, priority, program = ""] = found;
  const [facility, level] = priority?.split(".") ?? [];
  const tag = program === "kernel" ? null : program;
  return {
    host,
    tag,
    level: level === undefined ? null : levelOf(level),
    facility: facility === undefined ? (tag === null ? null : userFacility) : facilityOf(facility),
    end: at + whole.length,
  };
}
