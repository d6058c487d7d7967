import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { kernelLogFailure } from "../../../packages/core/src/probe/kernel-log-failure.ts";
import { sectionComplaints } from "../../../packages/core/src/probe/section-complaints.ts";
import { splitProbeOutput } from "../../../packages/core/src/probe/split-probe-output.ts";

const nonce = "00112233445566778899aabbccddeeff";
const mark = `\n@inquest:${nonce} `;
const section = (name: string, via: string, status: number, content: string): string =>
  `${mark}open ${name} ${via}\n${content}${mark}close ${name} ${via} ${status}\n`;
const end = `${mark}end\n`;
const split = (stdout: string | Uint8Array, stderr = "") =>
  splitProbeOutput(Buffer.from(stdout), Buffer.from(stderr), nonce);
const text = (bytes: Uint8Array | undefined): string | null =>
  bytes === undefined ? null : Buffer.from(bytes).toString();

describe("splitProbeOutput", () => {
  it("gives every byte of a section back, line feeds at its ends included", () => {
    const content = fc.uint8Array({ maxLength: 200 });
    fc.assert(
      fc.property(content, content, (log, ps) => {
        const bytes = Buffer.concat([
          Buffer.from(`${mark}open kernel-log kmsg\n`),
          log,
          Buffer.from(`${mark}close kernel-log kmsg 0\n${mark}open ps ps\n`),
          ps,
          Buffer.from(`${mark}close ps ps 0\n${end}`),
        ]);
        const output = split(bytes);
        expect(output.complete).toBe(true);
        expect(output.noiseBytes).toBe(0);
        expect(Buffer.from(output.sections.get("kernel-log")?.bytes ?? []).equals(log)).toBe(true);
        expect(Buffer.from(output.sections.get("ps")?.bytes ?? []).equals(ps)).toBe(true);
      }),
    );
  });

  it("counts noise before, between and after the sections", () => {
    const output = split(
      `Welcome!\n${section("uptime", "uptime", 0, "up")}beep${section("ps", "ps", 0, "x")}${end}bye`,
    );
    expect(output.noiseBytes).toBe("Welcome!\n".length + "beep".length + "bye".length);
    expect(text(output.sections.get("uptime")?.bytes)).toBe("up");
  });

  it("takes an answer cut at any byte for incomplete and never for more than was said", () => {
    const whole = `${section("kernel-log", "kmsg", 0, "6,1,1,-;a\n")}${section("ps", "ps", 0, "PID\n1\n")}${end}`;
    const contents = new Map([
      ["kernel-log", "6,1,1,-;a\n"],
      ["ps", "PID\n1\n"],
    ]);
    for (let length = 0; length < whole.length; length++) {
      const output = split(whole.slice(0, length));
      expect(output.complete).toBe(false);
      for (const [name, found] of output.sections) {
        const said = text(found.bytes) ?? "?";
        const content = contents.get(name) ?? "";
        expect(content.startsWith(said)).toBe(true);
        expect(found.status).toBeOneOf(said === content ? [0, null] : [null]);
      }
    }
  });

  it("says of a kernel log that was cut off that it was not read", () => {
    const output = split(`${mark}open kernel-log kmsg\n6,1,1,-;a\n6,2,2`);
    expect(output.sections.get("kernel-log")).toMatchObject({ via: "kmsg", status: null });
    expect(kernelLogFailure(output)).toEqual({
      state: "command-failed",
      reason: "the answer was cut off in the kernel log",
    });
  });

  it("lets the attempt that succeeded answer, and keeps what all of them said", () => {
    const stdout =
      section("kernel-log", "kmsg", 1, "half") + section("kernel-log", "dmesg", 0, "whole") + end;
    const stderr = section("kernel-log", "kmsg", 1, "dd: no\n") + section("kernel-log", "dmesg", 0, "") + end;
    const log = split(stdout, stderr).sections.get("kernel-log");
    expect(log).toMatchObject({ via: "dmesg", status: 0, complaint: "dd: no" });
    expect(text(log?.bytes)).toBe("whole");
  });

  it("does without sentinels on stderr", () => {
    const output = split(section("ps", "ps", 127, "") + end, "sh: ps: not found\n");
    expect(output.sections.get("ps")).toMatchObject({ status: 127, complaint: "" });
    expect(sectionComplaints(output)).toEqual(["ps: exit status 127"]);
  });

  it("trusts no sentinel of another nonce, no close of another section, no unknown section", () => {
    const fake = section("ps", "ps", 0, "x").replaceAll(nonce, "f".repeat(32));
    const output = split(section("uptime", "uptime", 0, fake) + section("secrets", "cat", 0, "y") + end);
    expect([...output.sections.keys()]).toEqual(["uptime"]);
    expect(text(output.sections.get("uptime")?.bytes)).toBe(fake);
  });

  it("has no section at all of a host that never ran the probe", () => {
    const output = split("This account is currently not available.\n");
    expect(output).toMatchObject({ complete: false, noiseBytes: 41 });
    expect(output.sections.size).toBe(0);
    expect(kernelLogFailure(output)).toEqual({ state: "command-failed", reason: "the probe did not run" });
  });

  it("copies no section", () => {
    const bytes = Buffer.from(section("kernel-log", "kmsg", 0, "x".repeat(1 << 20)) + end);
    const log = splitProbeOutput(bytes, Buffer.alloc(0), nonce).sections.get("kernel-log");
    expect(log?.bytes.buffer).toBe(bytes.buffer);
    expect(log?.bytes.length).toBe(1 << 20);
  });
});
