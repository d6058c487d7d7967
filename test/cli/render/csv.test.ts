import { parse } from "csv-parse/sync";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { csvHead, csvRow } from "../../../packages/cli/src/render/csv.ts";

const plain = { excel: false, guard: true, sanitize: false };

describe("a row of CSV", () => {
  test("leaves what is unknown empty and joins lists by semicolons, sorted", () => {
    expect(csvRow([null, 0, -998, true, ["web2", "web1"], []], plain)).toBe(",0,-998,true,web1;web2,\n");
  });

  test.each(["=1+1", "+1", "-bash", "@SUM", "\tx", "\rx"])("guards %j against spreadsheets", (text) => {
    expect(parse(csvRow([text], plain))).toEqual([[`'${text}`]]);
    expect(parse(csvRow([text], { ...plain, guard: false }))).toEqual([[text]]);
  });

  test("guards the whole of a list and never a number", () => {
    expect(csvRow([["-a", "b"], -1], plain)).toBe("'-a;b,-1\n");
  });

  test("is CRLF behind a byte order mark for Excel", () => {
    const excel = { ...plain, excel: true };
    expect(csvHead(["a", "b"], excel) + csvRow([1, "x"], excel)).toBe("\uFEFFa,b\r\n1,x\r\n");
  });

  test("shows control characters on a terminal and keeps them in a file", () => {
    expect(csvRow(["\u001b[31m"], { ...plain, sanitize: true })).toBe("\\x1b[31m\n");
    expect(csvRow(["\u001b[31m"], plain)).toBe("\u001b[31m\n");
  });
});

test("every row comes back through a CSV reader, guards taken off", () => {
  const cell = fc.oneof(
    fc.constant(null),
    fc.integer(),
    fc.string({ unit: "binary" }).map((text) => text.toWellFormed()),
  );
  fc.assert(
    fc.property(
      fc.array(cell, { minLength: 2, maxLength: 6 }),
      fc.boolean(),
      fc.boolean(),
      (row, excel, guard) => {
        const text = csvRow(row, { excel, guard, sanitize: false });
        const [read] = parse(text);
        const unguarded = (read ?? []).map((value) =>
          guard ? value.replace(/^'(?=[=+\-@\t\r])/, "") : value,
        );
        const sent = row.map((value) => {
          const kept = String(value ?? "");
          // What already looks guarded cannot be told from what we guarded.
          return guard ? kept.replace(/^'(?=[=+\-@\t\r])/, "") : kept;
        });
        expect(unguarded).toEqual(sent);
      },
    ),
  );
});
