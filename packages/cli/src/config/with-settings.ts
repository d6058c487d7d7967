import type { OptionTable, ParsedArgs } from "../command.ts";
import type { Config } from "./setting.ts";

/** Commands that visit the hosts of the configuration when none are named. */
const visitors: ReadonlySet<string> = new Set(["collect", "check", "expand"]);

/** Options whose defaults are what the configuration says; the help shows them so. */
export function withSettings(options: OptionTable, config: Config): OptionTable {
  return Object.fromEntries(
    Object.entries(options).map(([name, option]) => {
      const setting = name === "hosts" ? undefined : config.get(name);
      return [name, setting === undefined ? option : { ...option, default: setting.value }];
    }),
  );
}

/** The hosts of the configuration, where the command visits hosts and the line names none. */
export function withConfiguredHosts(command: string, args: ParsedArgs, config: Config): ParsedArgs {
  const setting = config.get("hosts");
  const names = ["hosts", "w", "nodes", "retry-failed"].some((name) => {
    const given = args[name];
    return Array.isArray(given) ? given.length > 0 : given !== undefined;
  });
  const words = args["_"];
  const hasWords = Array.isArray(words) && words.length > 1;
  if (setting === undefined || names || hasWords || !visitors.has(command)) return args;
  return { ...args, hosts: setting.value };
}

/** The settings that a word on the line does not take back: --utc is a zone too. */
export function settingsBeside(argv: readonly string[], config: Config): Config {
  return argv.includes("--utc") ? new Map([...config].filter(([name]) => name !== "tz")) : config;
}
