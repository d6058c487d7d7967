import fc from "fast-check";
import { describe, expect, it, test } from "vitest";
import { detectCapture } from "../../../../packages/core/src/parse/capture/detect-capture.ts";
import { fixturePairs } from "../../../support/fixture-pairs.ts";

const linesOf = (text: string): readonly string[] => text.split("\n").slice(0, -1);

function splitAll(lines: readonly string[]): object {
  const capture = detectCapture(lines);
  const split = capture?.split();
  return {
    form: capture?.form ?? null,
    lines: lines.map((line) => {
      const found = split?.(line) ?? null;
      return found === null ? null : [found.host, found.file, found.line];
    }),
  };
}

describe("detectCapture", () => {
  test.each(fixturePairs("capture"))("splits $name", ({ text, expected }) => {
    expect(splitAll(linesOf(text))).toEqual(expected);
  });

  test.each(fixturePairs("kernel-log"))("takes $name for no capture", ({ text }) => {
    expect(detectCapture(text.split(/\r?\n/))).toBeNull();
  });

  test.each(fixturePairs("ps"))("takes $name of ps for no capture", ({ text }) => {
    expect(detectCapture(linesOf(text))).toBeNull();
  });

  test.each([
    ["syslog", ["Apr 19 02:57:58 web01 kernel: x", "Apr 19 02:57:58 web01 kernel: y"]],
    [
      "bare lines of a kernel",
      ["Out of memory: Killed process 7 (x)", "rsync invoked oom-killer: gfp_mask=0xd0"],
    ],
    ["a program's name before each line", ["kernel: Killed process 7 (x)", "kernel: Killed process 8 (y)"]],
    [
      "traps without stamps",
      ["traps: chrome[29] trap invalid opcode ip:5 sp:7 error:0", "traps: a[3] trap int3 ip:5 sp:7 error:0"],
    ],
    [
      "audit without stamps",
      ["audit: type=1701 audit(1.1:1): pid=7", "audit: type=1701 audit(1.1:2): pid=8"],
    ],
    ["devices", ["eth0: link up", "eth1: link down", "sda: sda1 sda2"]],
    ["an uptime", [" 02:57:58 up 3 days,  1 user,  load average: 0.83, 0.73, 0.76"]],
    ["prose", ["Note: this is a note", "Hint: a hint"]],
    ["a lockdep rule", ["[    1.000000] a", "-----------------------------", "[    2.000000] b"]],
    ["nothing", []],
  ])("takes %s for no capture", (_what, lines) => {
    expect(detectCapture(lines)).toBeNull();
  });

  test.each([
    ["uptime", ["web01:  02:57:58 up 3 days,  1 user,  load average: 0.83, 0.73, 0.76"]],
    [
      "ps",
      [
        "web01: USER       PID %CPU %MEM    VSZ   RSS TTY      STAT START   TIME COMMAND",
        "web01: root 1 0 0 1 1 ? Ss May31 0:01 init",
      ],
    ],
    ["kmsg", ["web01: 6,0,0,-;Linux version 6.1", "web01: 3,1,5,-;Killed process 7 (x)"]],
    ["journal in JSON", ['web01: {"__CURSOR":"s=1","_TRANSPORT":"kernel","MESSAGE":"x"}']],
  ])("splits hosts from %s", (_what, lines) => {
    expect(detectCapture(lines)?.form).toBe("host-prefix");
    expect(detectCapture(lines)?.split()(lines[0] ?? "")?.host).toBe("web01");
  });

  it("gives a line whose host cannot be one to nobody", () => {
    const capture = detectCapture(["web01: [    1.000000] x"]);
    const split = capture?.split() ?? (() => null);
    expect(split("$(reboot): [    1.000000] x")).toBeNull();
    expect(split("kernel: [    1.000000] x")).toBeNull();
    expect(split(`${"a".repeat(300)}: x`)).toBeNull();
  });

  it("never throws, and gives back no text that was not in the line", () => {
    const pieces = [...fixturePairs("capture"), ...fixturePairs("kernel-log")].flatMap(({ text }) =>
      text.split("\n"),
    );
    const line = fc.oneof(
      fc.string({ unit: "binary" }),
      fc.constantFrom(...pieces),
      fc.tuple(fc.constantFrom(...pieces), fc.nat({ max: 60 })).map(([piece, at]) => piece.slice(at)),
    );
    fc.assert(
      fc.property(fc.array(line, { maxLength: 40 }), fc.array(line, { maxLength: 20 }), (sample, rest) => {
        const split = detectCapture(sample)?.split();
        for (const one of [...sample, ...rest]) {
          const found = split?.(one) ?? null;
          if (found === null) continue;
          // Only one form undoes the escapes of its lines.
          const undone = (text: string): string => text.replaceAll("\\n", "\n").replaceAll("\\r\n", "\n");
          expect(undone(one)).toContain(undone(found.line));
        }
      }),
    );
  });

  test.each([
    ":",
    "a:",
    "a: ",
    "-",
    "web01: ",
    "1:",
    " ",
    "> ",
    "a | b | ",
    "\u0000",
    "[",
    "(stderr) ",
    "\\n",
  ])("goes through megabytes of %j", (filling) => {
    const line = filling.repeat(2_000_000 / filling.length);
    for (const sample of [
      [line],
      ["web01: [    1.000000] x", `web01: ${line}`],
      ["12:Apr 19 02:57:58 a kernel: x", line],
    ]) {
      const split = detectCapture(sample)?.split();
      sample.forEach((one) => split?.(one));
    }
    expect(line.length).toBeGreaterThan(1_000_000);
  });
});
