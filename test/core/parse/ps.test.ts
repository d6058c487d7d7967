import fc from "fast-check";
import { describe, expect, it, test } from "vitest";
import { parsePs } from "../../../packages/core/src/parse/ps.ts";
import { fixturePairs } from "../../support/fixture-pairs.ts";
import { hasSharedData, readShared } from "../../support/shared-data.ts";

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

  it("never shifts a row whose columns do not fit", () => {
    const header = "USER       PID %CPU %MEM    VSZ   RSS TTY      STAT START   TIME COMMAND\n";
    const row = "maria     2101  0.0  0.1  91200  4100 pts/3    Ss   10:09   0:01 view big.log";
    const words = row.split(/ +/);
    for (const [at, cut] of words.entries()) {
      const [process] = parsePs(`${header}${words.toSpliced(at, 1).join(" ")}\n`);
      // Whatever word is missing: a figure is right or it is not there.
      expect([cut, [2101, undefined]]).toEqual([cut, expect.arrayContaining([process?.pid])]);
      expect([91_200, null, undefined]).toContain(process?.vszKiB);
      expect([4100, null, undefined]).toContain(process?.rssKiB);
    }
  });

  it("takes a table of names for names only where nothing in it is an argument", () => {
    const table = (...commands: string[]): string =>
      `  PID COMMAND\n${commands.map((command, at) => `${String(at + 1).padStart(5)} ${command}\n`).join("")}`;
    const named = (text: string): readonly unknown[] => parsePs(text).map(({ name, args }) => [name, args]);
    expect(named(table("kthreadd", "tmux: server"))).toEqual([
      ["kthreadd", null],
      ["tmux: server", null],
    ]);
    expect(named(table("[kthreadd]", "kworker/0 --fake"))).toEqual([
      ["kthreadd", "[kthreadd]"],
      ["0", "kworker/0 --fake"],
    ]);
    expect(named(table("sleep 5", "postgres: writer"))).toEqual([
      ["sleep", "sleep 5"],
      ["postgres", "postgres: writer"],
    ]);
  });

  it("gives every pid once", () => {
    fc.assert(
      fc.property(fc.array(fc.nat(20)), (pids) => {
        const text = `  PID COMMAND\n${pids.map((pid) => `${pid} sh\n`).join("")}`;
        expect(parsePs(text).map(({ pid }) => pid)).toEqual([...new Set(pids)]);
      }),
    );
  });

  it("never throws, and stays linear in hostile tables", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), (text) => void parsePs(`PID COMMAND COMMAND\n${text}`)),
    );
    expect(parsePs(`PID ${"COMMAND ".repeat(1_000_000)}\n${"\n".repeat(1_000_000)}`)).toEqual([]);
    for (const text of [" ", "| ", "\\_ ", "1 ", "1:00:00 2015 ", "a b c ", "["]) {
      const row = text.repeat(10_000_000 / text.length);
      for (const header of [
        "PID COMMAND RSS STARTED COMMAND",
        "PID STARTED STAT COMMAND",
        "PID %CPU %MEM VSZ RSS CMD",
      ]) {
        parsePs(`${header}\n7 ${row}\n`);
      }
    }
  });
});

const published = hasSharedData
  ? (["kubernetes", "openstack", "rabbitmq", "storage-ceph-mon", "vault"] as const)
  : [];

describe.skipIf(!hasSharedData)("parsePs on published outputs (needs INQUEST_SHARED)", () => {
  test.each(published)("reads the processes of %s alike from every form", (host) => {
    // Taken one after another: what lives on has the same figures in all of them.
    const forms = ["ps_alxwww", "ps_auxwwwm"].map((form) =>
      parsePs(readShared(`logs/hotsos/${host}__${form}`)),
    );
    const [alx = [], aux = []] = forms;
    expect(alx.length).toBeGreaterThan(40);
    const byPid = new Map(aux.map((process) => [process.pid, process]));
    // A kernel worker is named after what it is doing.
    const both = alx.filter(({ pid, name }) => byPid.has(pid) && !name.startsWith("kworker/"));
    expect(both.length).toBeGreaterThan(alx.length * 0.7);
    for (const { pid, name, args } of both) expect(byPid.get(pid)).toMatchObject({ name, args });
  });

  test.each(
    hasSharedData
      ? ["centos-7.7__ps-axu", "centos-7.7__ps-ef", "ubuntu-18.04__ps-axu", "ubuntu-18.04__ps-ef"]
      : [],
  )("reads %s as its publishers do", (name) => {
    const expected = JSON.parse(readShared(`logs/jc/${name}.json`)) as readonly Record<string, unknown>[];
    const read = parsePs(readShared(`logs/jc/${name}.out`));
    expect(read.map(({ pid, args }) => ({ pid, args }))).toEqual(
      expected.map((row) => ({ pid: row["pid"], args: row["command"] ?? row["cmd"] })),
    );
    expect(read.map(({ rssKiB, vszKiB }) => ({ rssKiB, vszKiB }))).toEqual(
      expected.map((row) => ({ rssKiB: row["rss"] ?? null, vszKiB: row["vsz"] ?? null })),
    );
  });
});
