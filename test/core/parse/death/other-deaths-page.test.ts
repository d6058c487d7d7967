import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { fixturePairs } from "../../../support/fixture-pairs.ts";

test("docs/other-deaths.md names every fixture, and no other", () => {
  const page = readFileSync(join(import.meta.dirname, "../../../../docs/other-deaths.md"), "utf8");
  const named = new Set([...page.matchAll(/`(\d[\w.]*--[\w-]+)`/g)].map(([, name]) => name));
  expect(named).toEqual(new Set(fixturePairs("death").map(({ name }) => name)));
});
