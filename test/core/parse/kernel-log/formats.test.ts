import fc from "fast-check";
import { describe, expect, it, test } from "vitest";
import {
  blankRecord,
  isKernels,
  type KernelRecord,
  type LogFormatName,
  logFormatNames,
} from "../../../../packages/core/src/model/kernel-record.ts";
import {
  detectFormat,
  formatNamed,
  isKernelLog,
} from "../../../../packages/core/src/parse/kernel-log/detect-format.ts";
import { fixturePairs } from "../../../support/fixture-pairs.ts";

const linesOf = (text: string): readonly string[] => text.split(/\r?\n/);

/** A record's facts: what is unknown is left out, so that a fixture shows what was peeled off. */
const factsOf = (record: KernelRecord): object =>
  Object.fromEntries(
    Object.entries(record).filter(
      ([name, value]) =>
        name === "text" || name === "line" || value !== new Map(Object.entries(blankRecord)).get(name),
    ),
  );

function readText(text: string, name?: LogFormatName) {
  const lines = linesOf(text);
  const format = name === undefined ? detectFormat(lines) : formatNamed(name);
  const { records, unread } = format.read(lines, 0);
  return { format: format.name, unread, records: records.map(factsOf) };
}

const first = (line: string, name?: LogFormatName): KernelRecord | undefined =>
  (name === undefined ? detectFormat([line]) : formatNamed(name)).read([line], 0).records[0];

describe("formats of kernel logs", () => {
  test.each(fixturePairs("kernel-log"))("reads $name", ({ text, expected }) => {
    expect(readText(text)).toEqual(expected);
  });

  test.each(fixturePairs("kernel-log"))("reads $name by its name, too", ({ text, expected }) => {
    const { format } = expected as { readonly format: LogFormatName };
    expect(readText(text, format)).toEqual(expected);
  });

  test.each(fixturePairs("kernel-log"))("numbers the lines of $name from where they stand", ({ text }) => {
    const lines = linesOf(text);
    const format = detectFormat(lines);
    const [here, there] = [format.read(lines, 0), format.read(lines, 1000)];
    expect(there.records.map(({ line }) => line - 1000)).toEqual(here.records.map(({ line }) => line));
  });

  test.each(logFormatNames.map((name) => ({ name })))("finds $name by its name", ({ name }) => {
    expect(formatNamed(name).name).toBe(name);
  });

  test.each(logFormatNames.map((name) => ({ name })))("has a fixture of $name", ({ name }) => {
    expect(fixturePairs("kernel-log").map((pair) => pair.name.split("--")[0])).toContain(name);
  });

  it("keeps every microsecond of a stamp", () => {
    const seconds = fc.nat({ max: 999_999_999 });
    const micros = fc.nat({ max: 999_999 });
    fc.assert(
      fc.property(seconds, micros, (s, us) => {
        const line = `[${String(s).padStart(5)}.${String(us).padStart(6, "0")}] x`;
        expect(BigInt(first(line)?.stampUs ?? -1)).toBe(BigInt(s) * 1_000_000n + BigInt(us));
      }),
    );
  });

  test.each([
    "[18446744073.709551] Killed process 7 (x)",
    "<3>[18446744073.709551][ T1] Killed process 7 (x)",
    "kern  :err   : [18446744073.709551] Killed process 7 (x)",
    "[18446744073.709551] web01 kernel: Killed process 7 (x)",
    "Apr 19 02:57:58 web01 kernel: [18446744073.709551] Killed process 7 (x)",
    "3,18446744073709551615,18446744073709551,-;Killed process 7 (x)",
  ])("says no stamp rather than one that a number cannot hold: %j", (line) => {
    expect(first(line)).toMatchObject({ stampUs: null, seq: null, text: "Killed process 7 (x)" });
  });

  it("takes a run of escapes for one UTF-8 text, and what is none for the replacement character", () => {
    expect(first("[    1.000000] \\xe4\\xbd\\xa0 \\xff \\xzz")?.text).toBe("你 \uFFFD \\xzz");
  });

  it("gives a record glued to one of user space no kernel facility", () => {
    const { records } = formatNamed("dmesg").read(
      ["<14>[    1.000000] a [    1.000001] Killed process 1 (init)"],
      0,
    );
    expect(records.map(({ facility }) => facility)).toEqual([1, 1]);
  });

  test.each([
    "Apr 19 02:57:58 web01 node-problem-detector[9]: Killed process 1 (init)",
    "Apr 19 02:57:58 web01 dockerd: Killed process 1 (init) [    1.000000] Killed process 1 (init)",
    "2026-04-19T02:57:58Z web01 kubelet[9]: Killed process 1 (init)",
    "<14>1 2026-04-19T02:57:58Z web01 kernel - - - Killed process 1 (init)",
    "<3>1 2026-04-19T02:57:58Z web01 app - - - Killed process 1 (init)",
    "<14>Apr 19 02:57:58 web01 kernel: Killed process 1 (init)",
    "user.err app: Killed process 1 (init)",
    "user  :err   : [    1.000000] Killed process 1 (init)",
    "11,1,1,-;Killed process 1 (init)",
    '{"_TRANSPORT":"syslog","SYSLOG_IDENTIFIER":"kernel","MESSAGE":"Killed process 1 (init)"}',
    "[    1.000000] web01 logger[8]: Killed process 1 (init)",
    "Thu 2023-02-02 11:49:13 CET web01 logger[8]: Killed process 1 (init)",
    "[W] Oct 22 20:02:33 ndm: Killed process 1 (init)",
  ])("never takes for the kernel's what user space wrote: %s", (line) => {
    const { records } = detectFormat([line]).read([line], 0);
    expect(records.length).toBeGreaterThan(0);
    expect(records.filter(isKernels)).toEqual([]);
  });

  test.each([
    ["Apr 19 02:57:58 web1.example kernel: x", { host: "web1.example", facility: null, tag: null }],
    ["Apr 19 02:57:58 kern.info kernel: x", { host: null, facility: 0, level: 6, tag: null }],
    ["Apr 19 02:57:58 web01 kern.info kernel: x", { host: "web01", facility: 0, level: 6, tag: null }],
    ["Apr 19 02:57:58 (none) user.notice root: x", { host: "(none)", facility: 1, level: 5, tag: "root" }],
    ["Apr 19 02:57:58 fe80::1%eth0 kernel: x", { host: "fe80::1%eth0", tag: null }],
    ["Apr 19 02:57:58  web01 kernel: x", { host: "web01", facility: null, tag: null }],
    ["Apr 19 02:57:58\tweb01\tkernel: x", { host: "web01", facility: null, tag: null }],
    ["2015-04-19T02:57:58+08:00  web01  kernel: x", { host: "web01", facility: null, tag: null }],
    ["Apr 19 02:57:58 CRON[14500]: x", { host: null, facility: 1, tag: "CRON" }],
    ["Apr 19 02:57:58 web01 kernel:[    1.000000] x", { host: "web01", stampUs: 1_000_000, tag: null }],
    ["Apr 19 02:57:58 web01 (sd-pam)[9]: x", { host: "web01", tag: "(sd-pam)" }],
  ])("reads host and program of %j", (line, facts) => {
    expect(first(line, "syslog")).toMatchObject({ ...facts, text: "x" });
  });

  it("does not let a field of a journal's client be the kernel's", () => {
    const entry = [
      "__CURSOR=s=1;i=1",
      "_TRANSPORT=kernel",
      "_TRANSPORT=syslog",
      "SYSLOG_IDENTIFIER=kernel",
      "MESSAGE=Killed process 1 (init)",
    ];
    expect(formatNamed("journal-export").read(entry, 0).records.filter(isKernels)).toEqual([]);
  });

  test.each([
    { size: 10, of: "a size that holds a line feed" },
    { size: 127, of: "the largest size in ASCII" },
    { size: 128, of: "a size that is no UTF-8" },
    { size: 300, of: "a size of two bytes" },
    { size: 2570, of: "a size of two line feeds" },
  ])("reads a binary field of $size bytes: $of", ({ size }) => {
    const message = `${"a".repeat(size - 4)}\n\nb=`;
    const length = Buffer.alloc(8);
    length.writeUInt32LE(size);
    const bytes = Buffer.concat([
      Buffer.from("__CURSOR=s=1;i=1\n_TRANSPORT=kernel\nMESSAGE\n"),
      length,
      Buffer.from(`${message}\nPRIORITY=3\n\n`),
    ]);
    const { records } = formatNamed("journal-export").read(bytes.toString("utf8").split("\n"), 0);
    expect(records).toMatchObject([{ text: message, level: 3 }]);
  });

  test.each([
    ["[Sun Apr 19 02:57:58 2015] x", "2015-04-19T02:57:58.000Z"],
    ["[dom 19 abr 02:57:58 2015] x", "2015-04-19T02:57:58.000Z"],
    ["[zo maart 19 02:57:58 2015] x", "2015-03-19T02:57:58.000Z"],
    ["[Pzt Ağu 19 02:57:58 2015] x", "2015-08-19T02:57:58.000Z"],
    ["[목 12월 19 02:57:58 2015] x", "2015-12-19T02:57:58.000Z"],
    ["2015-04-19T02:57:58,5+00:00 x", "2015-04-19T02:57:58.500Z"],
    ["Apr 19 2015 02:57:58 web01 kernel: x", "2015-04-19T02:57:58.000Z"],
    ["Feb 29 02:57:58 web01 kernel: x", "1972-02-29T02:57:58.000Z"],
  ])("tells the time that %j writes", (line, iso) => {
    expect(new Date(first(line)?.written?.localMs ?? Number.NaN).toISOString()).toBe(iso);
  });

  test.each(["[Xyz Qwe 19 02:57:58 2015] x", "[Sun Feb 30 02:57:58 2015] x", "[Sun Apr 19 25:57:58 2015] x"])(
    "says no time where none is to be made of %j",
    (line) => {
      expect(first(line, "dmesg-ctime")).toMatchObject({ written: null, text: "x" });
    },
  );

  test.each([
    [
      "a log of deaths without prefixes",
      "Killed process 7 (x) total-vm:1kB, anon-rss:1kB, file-rss:1kB",
      true,
    ],
    ["a header", "java invoked oom-killer: gfp_mask=0x280da, order=0", true],
    ["an OpenVZ header", "4711 (php) invoked loc oom-killer: gfp 0x201da order 0 oomkilladj=0", true],
    ["any syslog", "Apr 19 02:57:58 web01 sshd[1]: Accepted", true],
    ["prose", "the process was killed", false],
    ["a table of ps", "  PID TTY          TIME CMD", false],
    ["nothing", "", false],
  ])("knows whether %s is a log", (_what, line, isLog) => {
    expect(isKernelLog([line])).toBe(isLog);
  });

  it("recognises a log behind a few lines of something else", () => {
    const log = [
      "Welcome to web01",
      "",
      ...Array.from({ length: 8 }, () => "Apr 19 02:57:58 web01 kernel: x"),
    ];
    expect(detectFormat(log).name).toBe("syslog");
  });

  it("begins no record at a line that continues one", () => {
    for (const name of logFormatNames) {
      expect(formatNamed(name).beginsRecord("                        Apr 19 02:57:58 web01 kernel: x")).toBe(
        false,
      );
      expect(formatNamed(name).beginsRecord("                        [    1.000000] x")).toBe(false);
    }
  });
});
