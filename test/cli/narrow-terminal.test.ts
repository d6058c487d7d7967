import { afterAll, beforeAll, expect, test } from "vitest";
import { displayWidth } from "../../packages/cli/src/render/display-width.ts";
import { ask } from "./support/ask.ts";
import { openCaseHistory } from "./support/case-history.ts";
import { hostileName, openHostileHistory } from "./support/hostile-history.ts";

let histories: Readonly<Record<"plain" | "hostile", Awaited<ReturnType<typeof openCaseHistory>>>>;
beforeAll(async () => {
  histories = { plain: await openCaseHistory(), hostile: await openHostileHistory() };
});
afterAll(async () => {
  await histories.plain[Symbol.asyncDispose]();
  await histories.hostile[Symbol.asyncDispose]();
});

const columns = 80;

/** Lines that go over the edge though a blank in them could have been broken. */
function tooWide(text: string): readonly string[] {
  const [shown = ""] = text.split(/^Kernel log /m);
  return shown.split("\n").filter((line) => {
    const lastWord = line.slice(line.trimEnd().lastIndexOf(" ") + 1);
    return displayWidth(line) > columns && displayWidth(lastWord) < columns / 2;
  });
}

const commands: readonly string[] = [
  "incidents",
  "incidents -v",
  "hosts",
  "hosts -v",
  "runs",
  "runs 1",
  "recurring",
  "recurring --by host",
  "recurring --by process",
  "db usage",
  "db check",
  "config show",
];

test.each(commands.flatMap((line) => [["plain", line] as const, ["hostile", line] as const]))(
  "of a %s store `%s` stays within 80 columns",
  async (which, line) => {
    const { out, err } = await ask(histories[which], line.split(" "), { columns });
    expect(out + err).not.toBe("");
    expect(tooWide(out)).toEqual([]);
  },
);

test.each(["plain", "hostile"] as const)(
  "each incident of a %s store is shown and explained within 80 columns",
  async (which) => {
    const history = histories[which];
    const listed = JSON.parse((await ask(history, ["incidents", "-o", "json"])).out) as readonly {
      readonly id: string;
      readonly host: string;
    }[];
    expect(listed.length).toBeGreaterThan(1);
    for (const { id, host } of listed) {
      const told = [
        ["show", id],
        ["show", id, "-v"],
        ["annotate", id, "--history"],
        ["why", host],
      ];
      for (const argv of told) {
        // A host's name that no host can have cannot be asked for.
        if (argv[0] === "why" && host.includes(hostileName.slice(-3))) continue;
        const { out } = await ask(history, argv, { columns });
        expect({ argv, wide: tooWide(out) }).toEqual({ argv, wide: [] });
      }
    }
  },
);
