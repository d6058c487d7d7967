import { formatTable } from "./table.ts";
import type { Look } from "./table.ts";

/** One setting as `config show` tells it. */
export interface ShownSetting {
  readonly name: string;
  /** Null: not set, the program or ssh decides. */
  readonly value: string | null;
  /** `default`, file:line, the variable of the environment, or what was typed. */
  readonly from: string;
}

/** Every setting with its value and where it came from. */
export function formatSettings(settings: readonly ShownSetting[], look: Look): string {
  return formatTable(
    [{ title: "SETTING" }, { title: "VALUE", shrinks: true }, { title: "FROM" }],
    settings.map(({ name, value, from }) => [
      name,
      value === null ? { text: "-", tone: "dim" } : value,
      from === "default" ? { text: from, tone: "dim" } : from,
    ]),
    look,
  );
}
