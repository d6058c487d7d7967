import fc from "fast-check";
import { describe, expect, it, test } from "vitest";
import { parsePs } from "../../../packages/core/src/parse/ps.ts";
import { fixturePairs } from "../../support/fixture-pairs.ts";

describe("parsePs", () => {
  test.each(fixturePairs("ps"))("reads $name", ({ text, expected }) => {
    expect(parsePs(text)).toEqual(expected);
    expect(parsePs(text.replaceAll("\n", "\r\n"))).toEqual(expected);
  });

  it("skips a column it does not know and leaves one that is not there unknown", () => {
    const text = "  PID NLWP WCHAN    RSS COMMAND\n   77    3 do_sys_p 900 /opt/a b\n";
    expect(parsePs(text)).toEqual([
      {
        pid: 77,
        ppid: null,
        uid: null,
        user: null,
        rssKiB: 900,
        vszKiB: null,
        startText: null,
        name: "a",
        args: "/opt/a b",
      },
    ]);
  });

  it("leaves out rows that are none", () => {
    const text =
      "  PID   RSS COMMAND         COMMAND\n    -     - -               -\nps: killed\n    5    10 sh              sh\n";
    expect(parsePs(text).map(({ pid }) => pid)).toEqual([5]);
  });

  it("takes no number for a pid, a uid or a size that cannot be one", () => {
    const text =
      "  PID  PPID        UID            VSZ   RSS COMMAND\n" +
      "    5 2147483648 4294967296 999999999999t  12m sh\n" +
      "2147483648 1 0 1 1 sh\n";
    expect(parsePs(text)).toMatchObject([{ pid: 5, ppid: null, uid: null, vszKiB: null, rssKiB: 12_288 }]);
  });

  it("finds no processes without a header line", () => {
    expect(parsePs("ps: invalid option -- 'a'\n")).toEqual([]);
  });

  it("keeps names with blanks whole whatever stands in the columns before them", () => {
    const word = fc.stringMatching(/^[!-~]{1,7}$/);
    const name = fc.tuple(word, word).map((words) => words.join(" "));
    fc.assert(
      fc.property(
        fc.nat(),
        fc.nat(),
        name,
        fc.stringMatching(/^[!-~][ -~]{0,30}[!-~]$/),
        (pid, rss, comm, args) => {
          const header = `  PID   RSS ${"COMMAND".padEnd(15)} COMMAND`;
          const row = `${String(pid).padStart(5)} ${String(rss).padStart(5)} ${comm.padEnd(15)} ${args}`;
          expect(parsePs(`${header}\n${row}\n`)).toMatchObject([{ pid, rssKiB: rss, name: comm, args }]);
        },
      ),
    );
  });

  it("never throws, and stays linear in hostile tables", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), (text) => void parsePs(`PID COMMAND COMMAND\n${text}`)),
    );
    expect(parsePs(`PID ${"COMMAND ".repeat(1_000_000)}\n${"\n".repeat(1_000_000)}`)).toEqual([]);
  });
});
