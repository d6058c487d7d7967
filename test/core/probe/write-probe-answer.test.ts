import fc from "fast-check";
import { expect, test } from "vitest";
import { probeRequest } from "../../../packages/core/src/probe/probe-request.ts";
import { splitProbeOutput } from "../../../packages/core/src/probe/split-probe-output.ts";
import { nonceOf, writeProbeAnswer } from "../../../packages/core/src/probe/write-probe-answer.ts";

const nonce = "0123456789abcdef0123456789abcdef";

test("what is written is what is split, byte for byte", () => {
  fc.assert(
    fc.property(fc.string({ unit: "grapheme" }), fc.string(), (log, ps) => {
      const { stdout, stderr } = writeProbeAnswer(
        [
          { section: "kernel-log", via: "dmesg", status: 0, text: log },
          { section: "ps", via: "ps", status: 127, text: ps },
        ],
        nonce,
      );
      const output = splitProbeOutput(stdout, stderr, nonce);
      expect(output.complete).toBe(true);
      expect(output.noiseBytes).toBe(0);
      expect(Buffer.from(output.sections.get("kernel-log")?.bytes ?? [])).toEqual(Buffer.from(log));
      expect(Buffer.from(output.sections.get("ps")?.bytes ?? [])).toEqual(Buffer.from(ps));
      expect(output.sections.get("ps")?.status).toBe(127);
    }),
  );
});

test("the nonce of a request is found in its command, and in no other command", () => {
  const { command } = probeRequest({ nonce, root: "/srv/it's here", sudo: "auto" });
  expect(nonceOf(probeRequest({ nonce, root: "", sudo: "auto" }).command)).toBe(nonce);
  expect(nonceOf(command)).toBeNull();
  expect(nonceOf("uptime")).toBeNull();
});
