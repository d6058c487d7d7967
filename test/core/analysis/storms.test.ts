import { describe, expect, test } from "vitest";
import { countForeignTasks } from "../../../packages/core/src/analysis/foreign-tasks.ts";
import { commandWords } from "../../../packages/core/src/analysis/command-words.ts";
import { largestGrowth } from "../../../packages/core/src/analysis/growth.ts";
import { largestHerd } from "../../../packages/core/src/analysis/herds.ts";
import { toStorms } from "../../../packages/core/src/analysis/storms.ts";
import { barestIncident } from "../../cli/support/incident-of.ts";

const dated = (id: string, atMs: number, suspects: readonly (readonly [string, number])[] = []) =>
  barestIncident({
    id,
    time: { atMs, errorS: 1, method: "anchored" },
    stampUs: null,
    suspects: suspects.map(([name, rssKiB]) => ({
      name,
      uid: 1,
      count: 1,
      rssKiB,
      swapKiB: null,
      share: 0.5,
    })),
  });
const stamped = (id: string, stampS: number, bootId: string | null = null) =>
  barestIncident({ id, stampUs: stampS * 1e6, bootId });

describe("storms", () => {
  test("end where ten minutes pass without a death", () => {
    const storms = toStorms([dated("k-1", 0), dated("k-2", 600_000), dated("k-3", 1_200_001)]);
    expect(storms.map(({ deaths, spanS }) => [deaths.map(({ id }) => id), spanS])).toEqual([
      [["k-1", "k-2"], 600],
      [["k-3"], null],
    ]);
  });

  test("hold deaths without a time together by their stamps, of one boot alone", () => {
    const storms = toStorms([stamped("k-1", 100), stamped("k-2", 126), stamped("k-3", 127, "other")]);
    expect(storms.map(({ deaths }) => deaths.length)).toEqual([2, 1]);
    expect(storms[0]?.spanS).toBe(26);
  });
});

describe("growth", () => {
  test("is that of the group that gained most, and needs half again as much", () => {
    const storm = [
      dated("k-1", 0, [
        ["java", 1000],
        ["view", 100],
        ["sh", 10],
      ]),
      dated("k-2", 26_000, [
        ["java", 1400],
        ["view", 900],
        ["sh", 40],
      ]),
    ] as const;
    expect(largestGrowth(storm)).toEqual({
      name: "view",
      uid: 1,
      since: "report",
      fromKiB: 100,
      toKiB: 900,
      overS: 26,
    });
    expect(largestGrowth([storm[0]])).toBeNull();
  });
});

describe("a herd", () => {
  const rows = (name: string, count: number) =>
    Array.from({ length: count }, (_, at) => ({ name, uid: at % 3 }));
  test("is twenty of a name, and a fifth of the table, whoever runs them", () => {
    expect(largestHerd([...rows("crond", 20), ...rows("java", 10)])).toEqual({
      name: "crond",
      count: 20,
      uids: 3,
      of: 30,
    });
    expect(largestHerd([...rows("crond", 19), ...rows("java", 1)])).toBeNull();
    expect(
      largestHerd([
        ...rows("crond", 20),
        ...Array.from({ length: 90 }, (_, at) => ({ name: `w${at}`, uid: 0 })),
      ]),
    ).toBeNull();
  });
});

test("tasks are foreign by how many of a name a ps does not show, and unknown without a ps", () => {
  const named = (...names: readonly string[]) => names.map((name) => ({ name }));
  expect(countForeignTasks(named("crond", "crond", "crond", "java"), [named("crond", "java", "sshd")])).toBe(
    2,
  );
  expect(countForeignTasks(named("crond", "java"), [named("crond"), named("java")])).toBe(0);
  expect(countForeignTasks(named("a-name-longer-t"), [named("a-name-longer-than-the-kernel-keeps")])).toBe(0);
  expect(countForeignTasks(named("crond"), [[]])).toBeNull();
});

test.each([
  ["/usr/bin/java -Xmx1g -jar /opt/app/shop.jar --port 1", "shop.jar"],
  ["java -cp /a:/b -Dx=1 com.example.Main start", "com.example.Main"],
  ["java -m mod/com.example.Main", "com.example.Main"],
  ["java -Xmx1g", null],
  ["/usr/bin/python3 /opt/x.py", "/usr/bin/python3 /opt/x.py"],
  [null, null],
  [" ", null],
])("%s runs %s", (args, words) => {
  expect(commandWords(args)).toBe(words);
});
