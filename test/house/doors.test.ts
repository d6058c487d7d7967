import { describe, expect, test } from "vitest";
import { codeOf, packageSources } from "./sources.ts";

const sources = packageSources();

/** Each effect and the only places that may have it. */
const doors: readonly {
  readonly effect: string;
  readonly sign: RegExp;
  readonly places: readonly RegExp[];
}[] = [
  {
    effect: "the clock",
    sign: /\bDate\.now\(|\bnew Date\(\)/,
    places: [/^packages\/core\/src\/clock\/now\.ts$/],
  },
  {
    effect: "ssh2",
    sign: /from "ssh2"|import\("ssh2"\)/,
    places: [/^packages\/core\/src\/ssh\//, /^packages\/cli\/src\/demo\//],
  },
  {
    effect: "child processes",
    sign: /node:child_process/,
    places: [
      /^packages\/core\/src\/ssh\/(?:ask-ssh|proxy-command|openssh\/start-ssh)\.ts$/,
      /^packages\/cli\/src\/pager\.ts$/,
    ],
  },
  {
    effect: "the database",
    sign: /(?:from|import\()\s*"better-sqlite3"/,
    places: [/^packages\/store\/src\/open-store\.ts$/],
  },
  {
    effect: "the process and its streams",
    sign: /\bprocess\.(?!versions)/,
    places: [/^packages\/cli\/src\/(?:main|io|bin)\.ts$/],
  },
  {
    effect: "signals to other processes",
    sign: /node:process/,
    places: [
      /^packages\/cli\/src\/collection\/hold-lock\.ts$/,
      /^packages\/core\/src\/ssh\/(?:proxy-command|openssh\/start-ssh)\.ts$/,
    ],
  },
  { effect: "console", sign: /\bconsole\./, places: [] },
  { effect: "process.exit", sign: /\bprocess\.exit\(/, places: [] },
  { effect: "default exports", sign: /^export default\b/m, places: [] },
  { effect: "a shell", sign: /\bshell: true|\bexecSync\(/, places: [] },
];

describe("each effect has one door", () => {
  test.each(doors)("$effect", ({ sign, places }) => {
    const elsewhere = sources
      .filter(({ path }) => !places.some((place) => place.test(path)))
      .filter((source) => sign.test(codeOf(source)))
      .map(({ path }) => path);
    expect(elsewhere).toEqual([]);
  });
});

test("no file is longer than 300 lines", () => {
  const long = sources
    .map(({ path, text }) => ({ path, lines: text.split("\n").length }))
    .filter(({ lines }) => lines > 300);
  expect(long).toEqual([]);
});

test("no file or folder is named after nothing", () => {
  const vague = /(?:^|[/-])(?:utils?|helpers?|common|lib|misc|manager|service|handler|data|info)(?:[/.-]|$)/;
  expect(
    sources.map(({ path }) => path.replace(/^packages\/[^/]+\/src\//, "")).filter((path) => vague.test(path)),
  ).toEqual([]);
});

test("only a package's door is called index.ts", () => {
  expect(sources.map(({ path }) => path).filter((path) => /\/src\/.+\/index\.ts$/.test(path))).toEqual([]);
});
