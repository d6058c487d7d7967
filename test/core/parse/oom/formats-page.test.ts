import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { fixturePairs } from "../../../support/fixture-pairs.ts";

const page = readFileSync(join(import.meta.dirname, "../../../../docs/oom-formats.md"), "utf8");
const named = new Set([...page.matchAll(/`([\w.-]{1,60}--[\w-]{1,60})`/g)].map(([, name = ""]) => name));
const present = new Set(fixturePairs("oom").map(({ name }) => name));

it("names no fixture on the page of OOM formats that is not there", () => {
  expect([...named].filter((name) => !present.has(name))).toEqual([]);
});

it("names every OOM fixture on the page of OOM formats", () => {
  expect([...present].filter((name) => !named.has(name))).toEqual([]);
});
