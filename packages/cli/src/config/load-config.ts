import { readFile } from "node:fs/promises";
import { isAbsolute, join, resolve } from "node:path";
import { UsageError } from "@inquest/core";
import type { Config, Setting } from "./setting.ts";
import type { Io } from "../io.ts";

const systemConfig = "/etc/inquest/config.yaml";

/** Where configurations are looked for, the one that wins first; none in the working directory: it may be a stranger's. */
export function configPlaces({ env }: Pick<Io, "env">): readonly string[] {
  const { XDG_CONFIG_HOME: folder, HOME: home } = env;
  // The XDG base directory specification: a relative path in the variable is invalid and ignored.
  const own =
    folder !== undefined && isAbsolute(folder)
      ? join(folder, "inquest", "config.yaml")
      : home !== undefined && isAbsolute(home)
        ? join(home, ".config", "inquest", "config.yaml")
        : null;
  return own === null ? [systemConfig] : [own, systemConfig];
}

/**
 * The settings that hold: of `named` alone (`none`: no settings), else the user's and beneath them the system's.
 * Throws UsageError for a file that is named and not there, or not understood.
 */
export async function loadConfig(named: string | null, io: Pick<Io, "env" | "cwd">): Promise<Config> {
  if (named === "none") return new Map();
  const places = named === null ? configPlaces(io) : [resolve(io.cwd, named)];
  const all = new Map<string, Setting>();
  for (const place of places) {
    const content = await read(place, named !== null);
    if (content === null) continue;
    const { readConfig } = await import("./read-config.ts");
    for (const [name, setting] of readConfig(content, place, io.env["HOME"] ?? null))
      if (!all.has(name)) all.set(name, setting);
  }
  return all;
}

/** The file that --config names, read before the command line is: its defaults depend on it. */
export function namedConfig(argv: readonly string[]): string | null {
  const end = argv.indexOf("--");
  const words = end === -1 ? argv : argv.slice(0, end);
  const at = words.findLastIndex((word) => word === "--config" || word.startsWith("--config="));
  const word = words[at];
  if (word === undefined) return null;
  return word === "--config" ? (words[at + 1] ?? null) : word.slice("--config=".length);
}

async function read(place: string, isNamed: boolean): Promise<string | null> {
  try {
    return await readFile(place, "utf8");
  } catch (error) {
    const code = error instanceof Error && "code" in error ? error.code : null;
    if (!isNamed && (code === "ENOENT" || code === "ENOTDIR")) return null;
    throw new UsageError("bad-config", `${place}: the configuration cannot be read (${String(code)})`, {
      hint: "name another with --config, or none with --config none",
      cause: error,
    });
  }
}
