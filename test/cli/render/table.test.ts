import { expect, test } from "vitest";
import { cutToWidth, displayWidth } from "../../../packages/cli/src/render/display-width.ts";
import { formatTable } from "../../../packages/cli/src/render/table.ts";

const columns = [
  { title: "HOST", shrinks: true },
  { title: "N", align: "right" },
  { title: "NOTE", moves: true },
] as const;
const look = { width: null, color: false };

test("aligns columns, numbers to the right", () => {
  expect(
    formatTable(
      columns,
      [
        ["web01", "7", ""],
        ["db1", "12", "slow"],
      ],
      look,
    ),
  ).toBe(["HOST    N  NOTE", "web01   7", "db1    12  slow", ""].join("\n"));
});

test("counts wide characters as two columns", () => {
  const [, first, second] = formatTable(
    columns,
    [
      ["日本語", "1", "x"],
      ["abcdef", "1", "x"],
    ],
    look,
  ).split("\n");
  expect(displayWidth(first ?? "")).toBe(displayWidth(second ?? ""));
  expect([displayWidth("日本語"), cutToWidth("日本語日本語", 6), displayWidth("é")]).toEqual([6, "日本…", 1]);
});

test("cuts what may shrink to the width of the terminal, and moves the last column below its row", () => {
  const rows = [["a-very-long-host-name.example.com", "7", "it could not be reached"]];
  const text = formatTable(columns, rows, { width: 20, color: false });
  expect(text).toBe(
    ["HOST               N", "a-very-long-host-… 7", "     it could not be", "       reached", ""].join("\n"),
  );
});

test("cuts nothing where nobody told a width", () => {
  const host = "h".repeat(300);
  expect(formatTable(columns, [[host, "1", "note"]], look)).toContain(`${host} 1 note`);
});

test("shows what a host wrote and lets none of it act", () => {
  const text = formatTable(columns, [["\u001b[2Jweb", "1", { text: "a\nb", tone: "bad" }]], {
    width: 80,
    color: true,
  });
  expect(text).toContain("\\x1b[2Jweb");
  expect(text).toContain("\u001b[31ma\\nb\u001b[39m");
  expect(text.split("\n")).toHaveLength(3);
});

test("lists 20,000 rows without a pause that anybody notices", () => {
  const rows = Array.from({ length: 20_000 }, (_, at) => [`web${at}`, String(at), ""]);
  expect(formatTable(columns, rows, look).split("\n")).toHaveLength(20_002);
});

test("leaves out on a narrow terminal what other commands tell, and nowhere else", () => {
  const wide = [{ title: "HOST" }, { title: "UID", yields: true }, { title: "N" }] as const;
  expect(formatTable(wide, [["web01", "52539", "7"]], { width: 10, color: false })).toBe(
    "HOST   N\nweb01  7\n",
  );
  expect(formatTable(wide, [["web01", "52539", "7"]], look)).toContain("UID");
});
