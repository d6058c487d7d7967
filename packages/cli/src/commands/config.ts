import type { Command, OptionTable, ParsedArgs } from "../command.ts";
import { configPlaces, loadConfig } from "../config/load-config.ts";
import type { Config } from "../config/setting.ts";
import { settings } from "../config/settings.ts";
import { exitCode } from "../exit-code.ts";
import type { Io } from "../io.ts";
import { globalOptions } from "../options/global.ts";
import { choiceOf, optionName, textOf } from "../options/option-values.ts";
import { formatSettings } from "../render/setting-list.ts";
import type { ShownSetting } from "../render/setting-list.ts";
import { toJson } from "../render/json.ts";
import { storePathOf } from "../store-path.ts";

const formats = ["table", "json"] as const;

/** Without their defaults, so that what was typed can be told from what was not. */
const typed: OptionTable = Object.fromEntries(
  Object.entries(settings)
    .filter(([name]) => !(name in globalOptions))
    .map(([name, { default: _default, group: _group, ...option }]) => [name, option]),
);

/** `inquest config`: every setting and where its value came from. */
export const config: Command = {
  positionals: [
    { name: "action", describe: "show: every setting, its value, where it came from", choices: ["show"] },
  ],
  options: {
    ...typed,
    output: {
      type: "string",
      alias: "o",
      nargs: 1,
      requiresArg: true,
      choices: formats,
      describe: "form (default: table)",
    },
  },
  examples: [
    ["inquest config show", "what holds, and which file and line says so"],
    ["inquest --config ./test.yaml config show", "what another file would set"],
    ["inquest --config none collect -f hosts.txt", "with no configuration at all"],
  ],
  epilogue:
    "Read are $XDG_CONFIG_HOME/inquest/config.yaml (else ~/.config/inquest/config.yaml) and, beneath it,\n" +
    "/etc/inquest/config.yaml; --config FILE reads that one alone; none from the working directory. A setting a line, named as the\n" +
    "long option: parallel: 32, tz: Asia/Shanghai, hosts: [/etc/inquest/hosts.txt]. What is typed wins. hosts counts where collect,\n" +
    "check and expand are told no hosts. A switch that is on is taken back by --batch=false.",
  run: async (args, io) => {
    const named = textOf(args, "config");
    const found = await loadConfig(named, io);
    const shown = Object.keys(settings).map((name) => shownSetting(name, args, found, io));
    const json = shown.map(({ name, value, from }) => ({ name, value, from }));
    await io.stdout.write(
      choiceOf(args, "output", formats) === "json"
        ? `${toJson(json, "tree")}\n`
        : formatSettings(shown, { width: io.stdout.columns, color: io.stdout.color }),
    );
    const read = [...new Set([...found.values()].map(({ place }) => place.replace(/:\d+$/, "")))];
    if (read.length === 0 && named === null)
      await io.narrate(`nothing is configured: no setting in ${configPlaces(io).join(" or ")}`);
    return exitCode.ok;
  },
};

function shownSetting(name: string, args: ParsedArgs, found: Config, io: Io): ShownSetting {
  const setting = found.get(name);
  const given = args[name];
  // The global options carry the configured value as their default.
  if (given !== undefined && !(setting !== undefined && name in globalOptions && same(given, setting.value)))
    return { name, value: valueText(given), from: `typed ${optionName(name)}` };
  if (setting !== undefined) return { name, value: valueText(setting.value), from: setting.place };
  if (name === "db") return { name, value: storePathOf({}, io), from: `environment ${storeVariable(io)}` };
  if (name === "no-color" && (io.env["NO_COLOR"] ?? "") !== "")
    return { name, value: "true", from: "environment NO_COLOR" };
  const byDefault: unknown = settings[name]?.default;
  return { name, value: byDefault === undefined ? null : valueText(byDefault), from: "default" };
}

function storeVariable({ env }: Io): string {
  return (env["XDG_STATE_HOME"] ?? "").startsWith("/") ? "XDG_STATE_HOME" : "HOME";
}

function same(one: unknown, other: unknown): boolean {
  return valueText(one) === valueText(other);
}

function valueText(value: unknown): string {
  return [value].flat().map(String).join(" ");
}
