import { afterEach, describe, expect, test } from "vitest";
import type { LogCursor } from "@inquest/core";
import type { ProbeOutput } from "../../../packages/core/src/model/probe-output.ts";
import { parseRing } from "../../../packages/core/src/parse/ring.ts";
import { probeRequest } from "../../../packages/core/src/probe/probe-request.ts";
import { splitProbeOutput } from "../../../packages/core/src/probe/split-probe-output.ts";
import { bootId, buildFileRoot, notFound } from "../../support/file-root.ts";
import type { CommandSpec, FileRoot, FileRootSpec } from "../../support/file-root.ts";
import type { Shell } from "../../support/shells.ts";
import { findProgram, posixShells, runInShell } from "../../support/shells.ts";

const nonce = "b5f0c1d2e3a497860f1e2d3c4b5a6978";
/** The machine's own, and what Alpine and old Debians have. */
const awks: Readonly<Record<string, CommandSpec | null>> = {
  awk: null,
  ...(findProgram("busybox") === null ? {} : { "busybox awk": 'exec busybox awk "$@"' }),
  ...(findProgram("gawk") === null ? {} : { "gawk --traditional": 'exec gawk --traditional "$@"' }),
};

const roots: FileRoot[] = [];
afterEach(() => {
  for (const root of roots.splice(0)) root.remove();
});

function probe(shell: Shell, spec: FileRootSpec, cursor: LogCursor | null): ProbeOutput {
  const host = buildFileRoot(spec);
  roots.push(host);
  const request = probeRequest({ nonce, root: host.root, sudo: "auto", sections: ["kernel-log"], cursor });
  const { stdout, stderr } = runInShell(shell, request, host);
  return splitProbeOutput(stdout, stderr, nonce);
}

const sent = (output: ProbeOutput): string[] =>
  Buffer.from(output.sections.get("kernel-log")?.bytes ?? [])
    .toString()
    .split("\n")
    .slice(0, -1);
const ringOf = (output: ProbeOutput) => {
  const section = output.sections.get("ring");
  return section === undefined ? null : parseRing(Buffer.from(section.bytes).toString());
};

/** A record every 10 s from 0 s on: numbers are tens of seconds. */
const kmsgLine = (at: number): string => `6,${at},${at * 1e7},-;link ${at} is up`;
const dmesgLine = (at: number): string => `<6>[${`${at * 10}.000000`.padStart(12)}] link ${at} is up`;
const lines = (from: number, to: number, line = kmsgLine): string[] =>
  Array.from({ length: to - from + 1 }, (_, place) => line(from + place));
const at = (place: number, changes: Partial<LogCursor> = {}): LogCursor => ({
  bootId,
  seq: place,
  stampUs: place * 1e7,
  ...changes,
});
const fileOf = (some: readonly string[]): string => some.map((line) => `${line}\n`).join("");
const kmsg = (...some: readonly string[]): FileRootSpec => ({ files: { "dev/kmsg": fileOf(some) } });
const dmesg = (...some: readonly string[]): FileRootSpec => ({
  files: { "dev/kmsg": null },
  commands: { dmesg: { stdout: fileOf(some) } },
});

describe.each(posixShells.flatMap((shell) => Object.keys(awks).map((awk) => ({ shell, awk }))))(
  "a log that is known already, under $shell.name with $awk",
  ({ shell, awk }) => {
    const run = (spec: FileRootSpec, cursor: LogCursor | null): ProbeOutput =>
      probe(shell, { ...spec, commands: { ...spec.commands, awk: awks[awk] ?? null } }, cursor);

    test("sends what is new behind an overlap of 31 records, and tells of the ring", () => {
      const output = run(kmsg(...lines(0, 999)), at(990));
      // 984 is 60 s before the cursor; 32 lines before it are kept, and the stamp that may be cut in two left out.
      expect(sent(output)).toEqual(lines(953, 999));
      expect(output.sections.get("kernel-log")).toMatchObject({ via: "kmsg", status: 0, complaint: "" });
      expect(ringOf(output)).toEqual({ bytes: fileOf(lines(0, 999)).length, lines: [kmsgLine(0)] });
    });

    test("sends the same by the stamps of dmesg, its continuation lines and what tells of the clock", () => {
      const refined = "<6>[    0.000000] tsc: Refined TSC clocksource calibration: 2394.454 MHz";
      const all = [refined, ...lines(1, 995, dmesgLine), "more of link 995", ...lines(996, 999, dmesgLine)];
      const output = run(dmesg(...all), at(990, { seq: null }));
      expect(sent(output)).toEqual(all.slice(all.indexOf(dmesgLine(953))));
      expect(output.sections.get("kernel-log")).toMatchObject({ via: "dmesg", status: 0 });
      expect(ringOf(output)?.lines).toEqual([refined]);
    });

    test("overlaps 60 s where these hold more records, for a report that was being printed", () => {
      const storm = Array.from(
        { length: 500 },
        (_, place) => `6,${1000 + place},${1e10 + place},-;row ${place}`,
      );
      const all = [...lines(0, 999), ...storm, ...lines(1500, 1510)];
      expect(sent(run(kmsg(...all), at(1499, { stampUs: 1e10 + 499 })))).toEqual(
        all.slice(all.indexOf(kmsgLine(964))),
      );
    });

    test("begins where a stamp begins, for equal lines are told apart by their order", () => {
      const twins = Array.from({ length: 20 }, (_, place) => `6,${940 + place},9400000000,-;again`);
      const all = [...lines(0, 939), ...twins, ...lines(960, 999)];
      // 32 lines before 984 lies 952, in the midst of the twins.
      expect(sent(run(kmsg(...all), at(990)))).toEqual(lines(960, 999));
    });

    test.each([
      ["the ring has lost it", lines(995, 1400), at(900)],
      ["the ring is shorter than the overlap", lines(0, 20), at(20)],
    ])("sends everything at once where %s", (_title, all, cursor) => {
      const output = run(kmsg(...all), cursor);
      expect(sent(output)).toEqual(all);
      expect(output.sections.get("kernel-log")).toMatchObject({ status: 0 });
      expect(ringOf(output)?.bytes).toBe(fileOf(all).length);
    });

    test.each([
      [
        "another stamp under its number: a restored snapshot",
        kmsg,
        lines(0, 999),
        at(990, { stampUs: 9_900_000_001 }),
      ],
      ["the ring ends before it", kmsg, lines(0, 500), at(990)],
      [
        "dmesg was cleared and fills again",
        dmesg,
        [...lines(700, 980, dmesgLine), dmesgLine(992)],
        at(990, { seq: null }),
      ],
      ["another boot", kmsg, lines(0, 999), at(990, { bootId: bootId.replace("6", "7") })],
      ["no cursor", kmsg, lines(0, 999), null],
    ])("sends everything where there is %s", (_title, specOf, all, cursor) => {
      const output = run(specOf(...all), cursor);
      expect(sent(output)).toEqual(all);
      expect(output.sections.get("kernel-log")).toMatchObject({ status: 0, complaint: "" });
      expect(ringOf(output)).toBeNull();
    });

    test("starts over when the ring overruns it, and keeps its cursor", () => {
      const all = fileOf(lines(0, 999));
      const dd = `n=$(cat "$0.n" 2>/dev/null); echo "\${n}x" >"$0.n"
if [ "$n" = x ]; then cat <<'END'
${all}END
exit 0; fi
echo '6,1,10,-;lost'; echo "dd: error reading '/dev/kmsg': Broken pipe
0+1 records in" >&2; exit 1`;
      const output = run({ commands: { dd } }, at(990));
      expect(sent(output)).toEqual(lines(953, 999));
      expect(output.sections.get("kernel-log")?.complaint).toBe("dd: error reading '/dev/kmsg': Broken pipe");
    });

    test("takes the end of a nonblocking kmsg for its end", () => {
      const dd = `cat <<'END'
${fileOf(lines(0, 999))}END
echo "dd: error reading '/dev/kmsg': Resource temporarily unavailable
0+1 records in" >&2; exit 1`;
      const output = run({ commands: { dd } }, at(999));
      expect(sent(output)).toEqual(lines(962, 999));
      expect(output.sections.get("kernel-log")).toMatchObject({ via: "kmsg", status: 0, complaint: "" });
    });

    test("goes by sudo, and without -r, where it must", () => {
      const log = lines(0, 999, dmesgLine).map((line) => line.slice(3));
      const old = `[ -n "$AS_ROOT" ] || { echo 'dmesg: Operation not permitted' >&2; exit 1; }
[ $# -eq 0 ] || { echo "dmesg: invalid option -- r" >&2; exit 1; }; cat "$0.log"`;
      const sudo = `[ "$1" = -n ] || exit 9; shift; AS_ROOT=1; export AS_ROOT; exec "$@"`;
      const written = `cat >"$0.log" <<'END'\n${fileOf(log)}END\n${old}`;
      const output = run({ files: { "dev/kmsg": null }, commands: { dmesg: written, sudo } }, at(990));
      expect(sent(output)).toEqual(log.slice(953));
      expect(output.sections.get("kernel-log")).toMatchObject({ via: "sudo-dmesg", status: 0 });
    });

    test("sends what is new of the journal", () => {
      const journal = lines(0, 999, dmesgLine).map((line) => line.slice(3).replace("] ", "] web01 kernel: "));
      const commands = {
        dmesg: { stderr: "dmesg: Operation not permitted\n", status: 1 },
        journalctl: { stdout: fileOf(journal) },
      };
      const output = run({ files: { "dev/kmsg": null }, commands }, at(990, { seq: null }));
      expect(sent(output)).toEqual(journal.slice(953));
    });
  },
);

test.each(posixShells)("a host without awk sends everything, under $name", (shell) => {
  const spec = kmsg(...lines(0, 999));
  const missing = { ...spec, commands: { awk: notFound("awk") } };
  expect(sent(probe(shell, missing, at(990)))).toEqual(lines(0, 999));
});
