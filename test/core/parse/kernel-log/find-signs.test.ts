import fc from "fast-check";
import { describe, expect, it, test } from "vitest";
import { classifyLine as classifyDeath } from "../../../../packages/core/src/parse/death/classify-line.ts";
import { detectFormat } from "../../../../packages/core/src/parse/kernel-log/detect-format.ts";
import { findSigns } from "../../../../packages/core/src/parse/kernel-log/find-signs.ts";
import { signs } from "../../../../packages/core/src/parse/kernel-log/signs.ts";
import { classifyLine as classifyOom } from "../../../../packages/core/src/parse/oom/classify-line.ts";
import { fixturePairs } from "../../../support/fixture-pairs.ts";
import { noiseLike } from "./noise.ts";

const found = (bytes: Uint8Array, from = 0, to = bytes.length): readonly (readonly [number, string])[] => {
  const ends: [number, string][] = [];
  findSigns(bytes, from, to, (last, role) => ends.push([last, role]));
  return ends.toSorted(([one, a], [other, b]) => one - other || (a < b ? -1 : 1));
};

/** What a look at every byte finds. */
const expected = (text: string): readonly (readonly [number, string])[] =>
  signs
    .flatMap(({ text: sign, role }) => {
      const ends: [number, string][] = [];
      for (let at = text.indexOf(sign); at !== -1; at = text.indexOf(sign, at + 1))
        ends.push([at + sign.length - 1, role]);
      return ends;
    })
    .toSorted(([one, a], [other, b]) => one - other || (a < b ? -1 : 1));

describe("findSigns", () => {
  test.each(signs.map(({ text }) => text))("finds %j at every place", (sign) => {
    for (let before = 0; before < 12; before += 1) {
      const text = `${"]".repeat(before)}${sign}${"[".repeat(before)}`;
      expect(found(Buffer.from(text))).toEqual(expected(text));
    }
  });

  it("finds what a look at every byte finds", () => {
    const piece = fc.oneof(
      fc.constantFrom(...signs.map(({ text }) => text)),
      fc.constantFrom(...signs.map(({ text }) => text)).map((text) => text.slice(1)),
      fc.constantFrom(...signs.map(({ text }) => text)).map((text) => text.slice(0, -1)),
      fc.string({ unit: "binary-ascii" }),
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 12 }), (pieces) => {
        const text = pieces.join("");
        expect(found(Buffer.from(text))).toEqual(expected(text));
      }),
    );
  });

  it("looks at nothing outside the two offsets", () => {
    const text = "Killed process 7 (x)";
    const bytes = Buffer.from(text);
    const last = text.indexOf("process ") + "process".length;
    expect(found(bytes, 0, last + 1)).toEqual([[last, "closes"]]);
    expect(found(bytes, 0, last)).toEqual([]);
    expect(found(bytes, 1)).toEqual([[last, "closes"]]);
    expect(found(bytes, 2)).toEqual([]);
  });

  it("stays silent on what fills most logs", () => {
    expect(found(Buffer.from(noiseLike("", 200)))).toEqual([]);
  });
});

describe("signs", () => {
  /** Lines that mean nothing where no other of their death stands before them. */
  const followers = new Set(["task", "place", "trace-end", "code", "more"]);
  const tells = (text: string): boolean => signs.some((sign) => text.includes(sign.text));

  test.each([...fixturePairs("oom"), ...fixturePairs("death")])(
    "stand in every telling line of $name",
    ({ text }) => {
      const lines = text.split(/\r?\n/);
      const telling = detectFormat(lines)
        .read(lines, 0)
        .records.filter((record) => {
          const death = classifyDeath(record);
          return classifyOom(record.text, false) !== null || (death !== null && !followers.has(death.form));
        })
        .map((record) => record.text);
      expect(telling.filter((line) => !tells(line))).toEqual([]);
    },
  );

  it("are long enough to be found fast", () => {
    expect(signs.filter(({ text }) => Buffer.byteLength(text) < 9)).toEqual([]);
  });
});
