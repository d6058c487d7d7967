import type { Options } from "yargs";
import type { OptionTable } from "../command.ts";
import { collectionOptions } from "../options/collection.ts";
import { globalOptions } from "../options/global.ts";
import { zoneOptions } from "../options/output.ts";
import { selectionOptions } from "../options/selection.ts";

/** Long options that make sense on every day; what one run is about (-S, --clear, a password) is no setting. */
const everyday: ReadonlySet<string> = new Set([
  "db",
  "quiet",
  "verbose",
  "no-color",
  "no-pager",
  "no-input",
  "hosts",
  "hosts-format",
  "user",
  "identity",
  "jump",
  "ssh-config",
  "batch",
  "host-key",
  "transport",
  "sudo",
  "sources",
  "parallel",
  "connect-timeout",
  "command-timeout",
  "first-byte-timeout",
  "silence-timeout",
  "deadline",
  "retries",
  "max-output",
  "no-schedules",
  "watch",
  "label",
  "tz",
  "utc",
]);

/** What a configuration may set, as the option tables have it: names, types, closed lists and words are theirs. */
export const settings: OptionTable = Object.fromEntries(
  Object.entries({ ...globalOptions, ...selectionOptions, ...collectionOptions, ...zoneOptions }).filter(
    ([name]) => everyday.has(name),
  ),
);

/** Settings that name a file: relative to the configuration's own folder, `~/` is the home folder. */
export const fileSettings: ReadonlySet<string> = new Set(["db", "hosts", "identity", "ssh-config"]);

/** Settings that may be a list. */
export const listSettings: ReadonlySet<string> = new Set(["hosts", "watch"]);

/** The option of a setting, or null. */
export function settingOf(name: string): Options | null {
  return Object.hasOwn(settings, name) ? (settings[name] ?? null) : null;
}
