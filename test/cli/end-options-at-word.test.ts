import { expect, test } from "vitest";
import { endOptionsAtWord } from "../../packages/cli/src/end-options-at-word.ts";

const valued = { type: "string", requiresArg: true } as const;
const options = {
  hosts: { ...valued, alias: ["f", "inventory"] },
  parallel: { ...valued, alias: "p" },
  batch: { type: "boolean", alias: "b" },
} as const;

test.each([
  ["-f hosts ls -l", "-f hosts -- ls -l"],
  ["-fhosts ls -b", "-fhosts -- ls -b"],
  ["-bf hosts ls", "-bf hosts -- ls"],
  ["-b -p 5 ls", "-b -p 5 -- ls"],
  ["-p5 ls", "-p5 -- ls"],
  ["--hosts hosts ls", "--hosts hosts -- ls"],
  ["--inventory=hosts ls -p 5", "--inventory=hosts -- ls -p 5"],
  ["--batch ls", "--batch -- ls"],
  ["-f - ls", "-f - -- ls"],
  ["-b -- ls -l", "-b -- ls -l"],
  ["ls -- -l", "-- ls -- -l"],
  ["-b", "-b"],
  ["-f", "-f"],
  ["--unknown ls", "--unknown -- ls"],
])("of %s makes %s", (typed, expected) => {
  expect(endOptionsAtWord(["run", ...typed.split(" ")], 1, options)).toEqual(["run", ...expected.split(" ")]);
});
