import { UsageError } from "@inquest/core";
import type { CsvValue } from "./csv.ts";
import type { JsonObject } from "./incident-json.ts";

/** One row of a list in both its forms: names of JSON, and names of CSV columns. */
export interface FieldSource {
  readonly json: JsonObject;
  cell(column: string): CsvValue | undefined;
}

/** One field by its name in JSON (`victim.name`) or in CSV (`process`). Throws UsageError for a name of neither. */
export function fieldOf(source: FieldSource, name: string): unknown {
  const value = jsonField(source.json, name) ?? source.cell(name);
  if (value !== undefined || hasField(source.json, name)) return value ?? null;
  throw new UsageError("unknown-field", `field "${name}" is not known`, {
    hint: "write names as -o json or -o csv have them: host, victim.name, process",
  });
}

/** Only these fields, nested as they were: `victim.name` → `{"victim":{"name":…}}`. */
export function pickFields(source: FieldSource, names: readonly string[]): JsonObject {
  let picked: JsonObject = {};
  for (const name of names) {
    const path = hasField(source.json, name) ? name.split(".") : [name];
    picked = withField(picked, path, fieldOf(source, name));
  }
  return picked;
}

/** A field as one text; null where it is unknown. */
export function fieldText(value: unknown): string | null {
  if (value === null || value === undefined) return null;
  if (Array.isArray(value) && value.every((item) => typeof item === "string"))
    return value.toSorted().join(";") || null;
  return typeof value === "string" ? value : JSON.stringify(value);
}

function jsonField(json: JsonObject, name: string): unknown {
  let value: unknown = json;
  for (const key of name.split("."))
    value = isObject(value) && Object.hasOwn(value, key) ? value[key] : undefined;
  return value;
}

function hasField(json: JsonObject, name: string): boolean {
  return jsonField(json, name) !== undefined;
}

function withField(object: JsonObject, [key = "", ...rest]: readonly string[], value: unknown): JsonObject {
  const inner = object[key];
  return {
    ...object,
    [key]: rest.length === 0 ? value : withField(isObject(inner) ? inner : {}, rest, value),
  };
}

function isObject(value: unknown): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
