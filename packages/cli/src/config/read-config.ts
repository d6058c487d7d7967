import { dirname, join, resolve } from "node:path";
import { UsageError } from "@inquest/core";
import { isMap, isScalar, LineCounter, parseDocument } from "yaml";
import type { Options } from "yargs";
import { z } from "zod";
import { fleetWishesOf, probeWishesOf } from "../options/collection.ts";
import { readZone } from "../options/output.ts";
import type { Setting } from "./setting.ts";
import { nearestName } from "./nearest-name.ts";
import { fileSettings, listSettings, settingOf, settings } from "./settings.ts";

const text = z.union([z.string().min(1), z.number().transform(String)]);

/** The settings of one configuration file. Throws UsageError with file and line. */
export function readConfig(content: string, file: string, home: string | null): ReadonlyMap<string, Setting> {
  const lines = new LineCounter();
  const document = parseDocument(content, { lineCounter: lines, prettyErrors: false });
  const [error] = document.errors;
  if (error !== undefined)
    throw refuse(`${file}:${lines.linePos(error.pos[0]).line}`, error.message.split("\n")[0] ?? "");
  if (document.contents === null) return new Map();
  if (!isMap(document.contents))
    throw refuse(`${file}:1`, "is no list of settings", "write a setting a line, such as parallel: 32");
  return new Map(
    document.contents.items.map(({ key, value }) => {
      const name = isScalar(key) ? String(key.value) : "";
      const at = isScalar(key) ? (key.range?.[0] ?? 0) : 0;
      const place = `${file}:${lines.linePos(at).line}`;
      const given: unknown = isScalar(value) ? value.value : document.get(name);
      const plain: unknown = z.object({ toJSON: z.custom<() => unknown>() }).safeParse(given).success
        ? JSON.parse(JSON.stringify(given))
        : given;
      return [name, { value: valueOf(name, plain, { place, file, home }), place }];
    }),
  );
}

interface Origin {
  readonly place: string;
  readonly file: string;
  readonly home: string | null;
}

function valueOf(name: string, given: unknown, origin: Origin): Setting["value"] {
  const option = settingOf(name);
  if (option === null) {
    const near = nearestName(name, Object.keys(settings));
    throw refuse(
      origin.place,
      `setting "${name}" is not known`,
      near === null ? "inquest config show lists what there is" : `did you mean ${near}?`,
    );
  }
  const parsed = schemaOf(name, option).safeParse(given);
  if (!parsed.success)
    throw refuse(origin.place, `${name}: ${JSON.stringify(given)} is not understood`, hintOf(name, option));
  const { data } = parsed;
  if (typeof data === "boolean") return data;
  const texts = [data].flat().map((one) => (fileSettings.has(name) ? pathOf(one, origin) : one));
  for (const one of texts) checkAsOption(name, one, origin.place);
  return listSettings.has(name) ? texts : (texts[0] ?? "");
}

function schemaOf(name: string, option: Options): z.ZodType<boolean | string | string[]> {
  if (option.type === "boolean") return z.boolean();
  if (option.choices !== undefined) return z.enum(option.choices.map(String));
  return listSettings.has(name) ? z.union([text, z.array(text).min(1)]) : text;
}

function hintOf(name: string, option: Options): string {
  if (option.type === "boolean") return "write true or false";
  if (option.choices !== undefined) return `write one of ${option.choices.join(", ")}`;
  return `write it as --${name} takes it`;
}

/** The option's own reader judges the value: what it refuses on the command line is refused here. */
function checkAsOption(name: string, value: string, place: string): void {
  try {
    fleetWishesOf({ [name]: value }, (file) => file, null);
    probeWishesOf({ [name]: value });
    readZone({ [name]: value });
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    throw refuse(place, error.message.replace(/^--/, ""), error.hint ?? undefined);
  }
}

function pathOf(file: string, { file: config, home }: Origin): string {
  if (file.startsWith("~/") && home !== null) return join(home, file.slice(2));
  return file === "-" ? file : resolve(dirname(config), file);
}

function refuse(place: string, problem: string, hint?: string): UsageError {
  return new UsageError("bad-config", `${place}: ${problem}`, hint === undefined ? {} : { hint });
}
