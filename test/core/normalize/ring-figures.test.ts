import { expect, test } from "vitest";
import type { KnownBoot } from "@inquest/core";
import type { Ring } from "../../../packages/core/src/parse/ring.ts";
import { readKernelLog } from "../../../packages/core/src/parse/kernel-log/read-kernel-log.ts";
import { ringFiguresOf } from "../../../packages/core/src/normalize/ring-figures.ts";

const line = (second: number): string => `<6>[${String(second).padStart(5)}.000001] eth0: link is up again\n`;
const lines = (from: number, to: number): string =>
  Array.from({ length: to - from + 1 }, (_, at) => line(from + at)).join("");
const known = (lastStampS: number): KnownBoot => ({
  boot: "b1",
  bootId: "b1",
  bootAtMs: null,
  lastStampUs: lastStampS * 1e6 + 1,
  lastSeq: null,
  readMs: null,
  drift: null,
  tail: [],
  visitedMs: null,
  lastWords: null,
  lateKills: [],
});

const figures = (text: string, before: KnownBoot | null, ring: Ring | null = null) => {
  const bytes = new TextEncoder().encode(text);
  return ringFiguresOf(bytes, readKernelLog(bytes), before, ring);
};

test("new is what stands behind the last record known", () => {
  expect(figures(lines(100, 109), known(107)).newBytes).toBe(2 * line(1).length);
  expect(figures(lines(100, 109), known(109)).newBytes).toBe(0);
});

test("everything is new where the last record known is gone, nothing measured at the first contact", () => {
  expect(figures(lines(100, 109), known(50)).newBytes).toBe(10 * line(1).length);
  expect(figures(lines(100, 109), null).newBytes).toBeNull();
});

test("a ring that has lost its oldest lines shows how much it holds, one that reaches back to the boot does not", () => {
  const full = lines(10_000, 10_999);
  expect(figures(full, null).ringBytes).toBe(full.length);
  expect(figures(`<5>[    0.000000] Linux version 6.1.0\n${full}`, null).ringBytes).toBeNull();
});

test("a short log was cleared, and shows nothing", () => {
  expect(figures(lines(100, 109), null).ringBytes).toBeNull();
});

test("the kernel's own word comes first", () => {
  const told = "<6>[    0.000000] log_buf_len: 1048576 bytes\n";
  expect(figures(`<5>[    0.000000] Linux version 6.1.0\n${told}${lines(1, 9)}`, null).ringBytes).toBe(
    1_048_576,
  );
});

test("where only the end of a ring was sent, the host tells of the whole", () => {
  const sent = (first: string) => figures(lines(100, 109), known(107), { bytes: 200_000, lines: [first] });
  expect(sent("<6>[   50.000001] usb 1-1: new device")).toEqual({
    newBytes: 2 * line(1).length,
    ringBytes: 200_000,
  });
  expect(sent("<5>[    0.000000] Linux version 6.1.0").ringBytes).toBeNull();
  expect(sent("6,0,0,-;Linux version 6.1.0").ringBytes).toBeNull();
});
