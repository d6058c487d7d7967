import { resolve } from "node:path";
import { alertPatternOf, listSavedFiles, savedFormatNames } from "@inquest/core";
import type { EpochMs, ImportWishes } from "@inquest/core";
import { openStore } from "@inquest/store";
import type { Command, ParsedArgs } from "../command.ts";
import { exitCode } from "../exit-code.ts";
import { importIntoStore } from "../imports/import-into-store.ts";
import type { Io } from "../io.ts";
import { choiceOf, textOf, textsOf } from "../options/option-values.ts";
import { readingZone, zoneOptions } from "../options/output.ts";
import { parseTime } from "../options/time.ts";
import { toImportJson } from "../render/import-json.ts";
import { formatImportSummary, formatSkipped } from "../render/import-summary.ts";
import { storePathOf } from "../store-path.ts";

const valued = { type: "string", nargs: 1, requiresArg: true } as const;

/** `inquest import`: reads saved logs and outputs into the history. */
export const importSaved: Command = {
  positionals: [{ name: "files", describe: "files and directories; - is stdin" }],
  options: {
    host: { ...valued, describe: "host of files whose lines name none (default: the file's name)" },
    format: { ...valued, choices: savedFormatNames, describe: "what the files are (default: recognised)" },
    "captured-at": { ...valued, describe: "when they were saved: nothing in them is later" },
    "boot-time": { ...valued, describe: "when the machine had booted: turns [seconds] into times" },
    ...zoneOptions,
    "alert-pattern": {
      ...valued,
      describe: "regular expression of alert lines with groups time and host, and text, severity, group",
    },
    output: {
      ...valued,
      alias: "o",
      choices: ["text", "json"],
      default: "text",
      describe: "json: what each file brought, as JSON on stdout",
    },
  },
  examples: [
    ["inquest import --host web01 --boot-time 2026-11-02T08:15:00+08:00 dmesg.txt", "a dmesg that was saved"],
    ["inquest import /var/log/remote", "a directory of syslogs; the lines name the hosts"],
    ["inquest import oomkiller.log", "an old capture of pgm, pdsh, clush, pssh or ansible"],
    ["ssh web01 journalctl -k -b all -o export | inquest import --host web01 -", "from a pipe"],
  ],
  epilogue:
    "gzip, xz and zstd are read through. What collect has stored already is known again, and the other way round.\n" +
    "Exit: 0 read, 2 no host, 5 a file in which nothing was recognised, 74 a file or the store failed.",
  run: async (args, io) => {
    const wishes = wishesOf(args, io);
    // yargs leaves what stands behind "--" aside.
    const words = [...textsOf(args, "files"), ...textsOf(args, "_").slice(1)];
    const files = await listSavedFiles(words, (word) => resolve(io.cwd, word));
    const store = await openStore(storePathOf(args, io));
    try {
      const imported = await importIntoStore(store, files, wishes);
      if (textOf(args, "output") === "json")
        await io.stdout.write(`${JSON.stringify(toImportJson(imported), null, 2)}\n`);
      for (const line of formatSkipped(imported)) await io.warn(line);
      for (const line of formatImportSummary(imported)) await io.narrate(line);
      return imported.skipped.length > 0 ? exitCode.hostsNotUnderstood : exitCode.ok;
    } finally {
      await store.close();
    }
  },
};

function wishesOf(args: ParsedArgs, io: Io): ImportWishes {
  const nowMs = io.now();
  const zone = readingZone(args, io);
  const time = (name: string): EpochMs | null => {
    const text = textOf(args, name);
    return text === null ? null : parseTime(text, { nowMs, zone, end: "until", option: `--${name}` });
  };
  const pattern = textOf(args, "alert-pattern");
  return {
    host: textOf(args, "host"),
    format: choiceOf(args, "format", savedFormatNames),
    capturedMs: time("captured-at"),
    bootAtMs: time("boot-time"),
    zone,
    alertPattern: pattern === null ? null : alertPatternOf(pattern, "--alert-pattern"),
    nowMs,
    stdin: io.stdin,
  };
}
