import { logSources, probeSections, UsageError } from "@inquest/core";
import type { FleetOptions, LogSource, Millis, ProbeWishes, Seconds } from "@inquest/core";
import type { OptionTable, ParsedArgs } from "../command.ts";
import { choiceOf, flagOf, optionName, textOf, wholeNumberOf } from "./option-values.ts";
import { parseSize } from "./size.ts";
import { parseSpan } from "./span.ts";

const connecting = "Connecting:";
const limits = "Limits:";
const valued = { type: "string", nargs: 1, requiresArg: true } as const;

/** Options of a command that visits a fleet. The letters are ssh's and pgm's. */
export const fleetOptions: OptionTable = {
  user: { ...valued, alias: "l", describe: "login name (default: ssh_config)", group: connecting },
  identity: { ...valued, alias: "i", describe: "private key file (default: ssh_config)", group: connecting },
  jump: {
    ...valued,
    alias: "J",
    describe: "jump host user@host:port, several with commas, none for none (default: ssh_config)",
    group: connecting,
  },
  "ssh-config": {
    ...valued,
    alias: "F",
    describe: "ssh_config to use in place of the user's",
    group: connecting,
  },
  "ask-password": {
    type: "boolean",
    alias: "A",
    describe: "ask once for a password, on a terminal only",
    group: connecting,
  },
  batch: {
    type: "boolean",
    alias: "b",
    describe: "ask nothing, show no progress; wins over -A",
    group: connecting,
  },
  "host-key": {
    ...valued,
    choices: ["strict", "accept-new"],
    default: "strict",
    describe: "unknown host keys fail, or are added to known_hosts; a changed key always fails",
    group: connecting,
  },
  transport: {
    ...valued,
    choices: ["ssh2", "openssh"],
    default: "ssh2",
    describe: "openssh: the system's ssh, for certificates, FIDO keys and GSSAPI; asks for no password",
    group: connecting,
  },
  parallel: { ...valued, alias: "p", default: "64", describe: "hosts in flight", group: limits },
  "connect-timeout": {
    ...valued,
    alias: "t",
    default: "10",
    describe: "seconds from name lookup to login",
    group: limits,
  },
  "command-timeout": {
    ...valued,
    alias: "u",
    default: "60",
    describe: "seconds from login to the end of the command",
    group: limits,
  },
  "first-byte-timeout": {
    ...valued,
    describe: "seconds from a command's start to its first output, or none (default: 30 for the probe)",
    group: limits,
  },
  "silence-timeout": {
    ...valued,
    describe: "seconds a command may then send nothing, or none (default: 30 for the probe)",
    group: limits,
  },
  deadline: { ...valued, describe: "for the whole run, such as 5min (default: none)", group: limits },
  retries: {
    ...valued,
    default: "1",
    describe: "second tries after a connection lost before login",
    group: limits,
  },
  "max-output": { ...valued, default: "16M", describe: "bytes taken from one host", group: limits },
};

/** How a command that sends the probe to a fleet may get at the kernel log. */
export const sudoOptions: OptionTable = {
  sudo: {
    ...valued,
    choices: ["auto", "always", "never"],
    default: "auto",
    describe: "read the kernel log plain first and then by sudo -n, only by sudo -n, or never so",
    group: connecting,
  },
};

/** Options of a command that collects from a fleet. */
export const collectionOptions: OptionTable = {
  ...fleetOptions,
  ...sudoOptions,
  full: {
    type: "boolean",
    describe: "read whole kernel logs again, not only what is new",
  },
  sources: {
    ...valued,
    default: "ring",
    describe:
      "ring alone, or also files (kern.log, messages, syslog) and journal (earlier boots): ring,files",
  },
  watch: {
    ...valued,
    describe: "a process that must never be missing, by the name that ps shows (repeatable)",
  },
  mark: {
    type: "boolean",
    describe:
      "write one line into each host's kernel log and read it back: an exact clock anchor (needs root; not read-only)",
  },
  clear: {
    type: "boolean",
    describe:
      "clear each host's kernel log (dmesg -C) once its lines are stored: hides them from all others who call dmesg there (needs root or sudo)",
  },
  "no-schedules": { type: "boolean", describe: "leave crontabs and timers unread" },
  "save-raw": {
    ...valued,
    describe: "keep each host's answer in this folder too, byte for byte, as a file of the host's name",
  },
  label: { ...valued, describe: "a word for the run, shown by inquest runs" },
};

/** How hosts are to be visited, as the command line says; the rest of FleetOptions comes from the world around. */
export type FleetWishes = Pick<
  FleetOptions,
  | "parallel"
  | "connectMs"
  | "commandMs"
  | "firstByteMs"
  | "silenceMs"
  | "deadlineMs"
  | "retries"
  | "maxOutputBytes"
  | "hostKey"
  | "transport"
  | "overrides"
>;

/** How long the probe may send nothing: each of its commands may take 20 s, and 5 s to end when told to. */
export const probeSilenceMs: Millis = 30_000;

/**
 * Reads the fleet options; `toPath` makes a file name absolute, `silenceMs` is how long the command may send nothing
 * where the user does not say (null: as long as it likes). Throws UsageError.
 */
export function fleetWishesOf(
  args: ParsedArgs,
  toPath: (file: string) => string,
  silenceMs: Millis | null,
): FleetWishes {
  const fileOf = (name: string): string | null => {
    const file = textOf(args, name);
    return file === null ? null : toPath(file);
  };
  const parallel = wholeNumberOf(args, "parallel", { least: 1, most: 4096 }) ?? 64;
  const retries = wholeNumberOf(args, "retries", { least: 0, most: 10 }) ?? 1;
  return {
    parallel,
    retries,
    connectMs: spanMsOf(args, "connect-timeout", 10),
    commandMs: spanMsOf(args, "command-timeout", 60),
    firstByteMs: silenceMsOf(args, "first-byte-timeout", silenceMs),
    silenceMs: silenceMsOf(args, "silence-timeout", silenceMs),
    deadlineMs: textOf(args, "deadline") === null ? null : spanMsOf(args, "deadline", 0),
    maxOutputBytes: parseSize(textOf(args, "max-output") ?? "16M", "--max-output"),
    hostKey: choiceOf(args, "host-key", ["strict", "accept-new"] as const) ?? "strict",
    transport: choiceOf(args, "transport", ["ssh2", "openssh"] as const) ?? "ssh2",
    overrides: {
      user: textOf(args, "user"),
      identityFile: fileOf("identity"),
      configFile: fileOf("ssh-config"),
      jump: readJump(textOf(args, "jump")),
    },
  };
}

/** `user@host:port`, an address with colons in brackets. */
const jumpHost =
  /^(?:[\w.][\w.@+-]{0,254}@)?(?:\[[0-9A-Fa-f:.]{2,45}(?:%\w{1,15})?\]|[A-Za-z0-9_][\w.-]{0,252})(?::\d{1,5})?$/;

/** -J. What passes here goes to ssh as a word of its own. */
function readJump(text: string | null): string | null {
  const wrong = text?.split(",").find((hop) => !jumpHost.test(hop));
  if (wrong === undefined) return text;
  throw new UsageError("bad-jump", `--jump: jump host "${wrong}" is not understood`, {
    hint: "write user@host:port, or several of them with commas between, the first one first",
  });
}

/** What the probe may do on the hosts, as the command line says. */
export function probeWishesOf(args: ParsedArgs): ProbeWishes {
  return {
    root: "",
    sudo: choiceOf(args, "sudo", ["auto", "always", "never"] as const) ?? "auto",
    sources: readSources(textOf(args, "sources") ?? "ring"),
    mark: flagOf(args, "mark"),
    ...(flagOf(args, "no-schedules")
      ? { sections: probeSections.filter((section) => section !== "schedules") }
      : {}),
  };
}

/** --sources. The ring buffer is always read: what it still holds dates the rest. */
function readSources(text: string): readonly LogSource[] {
  const words = text.split(",").map((word) => word.trim());
  const unknown = words.find((word) => word !== "ring" && !logSources.some((source) => source === word));
  if (unknown === undefined) return logSources.filter((source) => words.includes(source));
  throw new UsageError("bad-source", `--sources: source "${unknown}" is not known`, {
    hint: `write one or more of ring, ${logSources.join(", ")} with commas between them`,
  });
}

/** --stale in seconds, or null; a bare number could mean hours to one and seconds to another. */
export function staleSecondsOf(args: ParsedArgs): Seconds | null {
  const text = textOf(args, "stale");
  if (text === null) return null;
  const seconds = parseSpan(text);
  if (seconds !== null) return seconds;
  throw new UsageError("bad-span", `--stale: time span "${text}" is not understood`, {
    hint: "write a span with its unit, such as 24h or 7d",
  });
}

/** --every in milliseconds, or null. Throws UsageError; less than a second is no distance between two collections. */
export function everyMsOf(args: ParsedArgs): Millis | null {
  const text = textOf(args, "every");
  if (text === null) return null;
  const seconds = parseSpan(text);
  if (seconds !== null && seconds >= 1) return seconds * 1000;
  throw new UsageError(
    "bad-span",
    `--every: time span "${text}" is not understood, or is less than a second`,
    {
      hint: "write a span with its unit, such as 30min",
    },
  );
}

function silenceMsOf(args: ParsedArgs, name: string, otherwiseMs: Millis | null): Millis | null {
  const text = textOf(args, name);
  if (text === null) return otherwiseMs;
  return text === "none" ? null : spanMsOf(args, name, 0);
}

/** A span in milliseconds, a bare number meaning seconds; never 0, which would mean for ever. */
function spanMsOf(args: ParsedArgs, name: string, otherwiseS: Seconds): Millis {
  const text = textOf(args, name);
  const seconds = text === null ? otherwiseS : parseSpan(text, "s");
  // 24 days: what a timer of Node can hold.
  if (seconds !== null && seconds >= 0.001 && seconds <= 2_000_000) return Math.round(seconds * 1000);
  throw new UsageError("bad-span", `${optionName(name)}: time span "${text ?? ""}" is not understood`, {
    hint: "write seconds, or a span such as 2min30s",
  });
}
