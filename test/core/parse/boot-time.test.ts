import { expect, it } from "vitest";
import { parseBootTime } from "../../../packages/core/src/parse/boot-time.ts";

it("reads what uptime -s prints, a local time without a zone", () => {
  expect(parseBootTime("2026-01-02 03:04:05\r\n")).toEqual({
    localMs: Date.parse("2026-01-02T03:04:05Z"),
    hasYear: true,
    offsetS: null,
    resolutionS: 1,
    by: "received",
  });
});

it.each([
  "",
  "uptime: invalid option -- 's'\n",
  "2026-13-02 03:04:05\n",
  "2026-01-02 03:04:05 web01 kernel: x\n",
])("finds no boot time in %j", (text) => {
  expect(parseBootTime(text)).toBeNull();
});
