import { UsageError } from "@inquest/core";
import type { ParsedArgs } from "../command.ts";

/** What stands for a lone "-" while yargs reads the command line; no argument can hold a NUL. */
export const loneDash = "\0-";

/** Every value of a repeatable option or positional, in order. An empty value is refused. */
export function textsOf(args: ParsedArgs, name: string): readonly string[] {
  const given = args[name];
  const values = Array.isArray(given) ? given : given === undefined || given === null ? [] : [given];
  return values.map((value: unknown) => {
    const text = value === loneDash ? "-" : String(value);
    if (text === "") throw new UsageError("empty-value", `${optionName(name)}: the value is empty`);
    return text;
  });
}

/** The value of an option, or null; given twice, the last one counts. */
export function textOf(args: ParsedArgs, name: string): string | null {
  return textsOf(args, name).at(-1) ?? null;
}

/** Whether a switch is on. */
export function flagOf(args: ParsedArgs, name: string): boolean {
  const given = args[name];
  return (Array.isArray(given) ? given.at(-1) : given) === true;
}

/** A whole number within bounds, or null when the option is not given. */
export function wholeNumberOf(
  args: ParsedArgs,
  name: string,
  bounds: { readonly least: number; readonly most: number },
): number | null {
  const text = textOf(args, name);
  if (text === null) return null;
  const value = /^\d{1,15}$/.test(text) ? Number(text) : Number.NaN;
  if (value >= bounds.least && value <= bounds.most) return value;
  throw new UsageError("bad-number", `${optionName(name)}: number "${text}" is not understood`, {
    hint: `write a whole number from ${bounds.least} to ${bounds.most}`,
  });
}

/** Those values of a closed list that were given; yargs has refused all others. */
export function choicesOf<T extends string>(
  args: ParsedArgs,
  name: string,
  choices: readonly T[],
): readonly T[] {
  return textsOf(args, name).flatMap((text) => choices.find((choice) => choice === text) ?? []);
}

/** One value of a closed list, or null. */
export function choiceOf<T extends string>(args: ParsedArgs, name: string, choices: readonly T[]): T | null {
  return choicesOf(args, name, choices).at(-1) ?? null;
}

/** An option as it is typed: `-w`, `--since`. */
export function optionName(name: string): string {
  return name.length === 1 ? `-${name}` : `--${name}`;
}
