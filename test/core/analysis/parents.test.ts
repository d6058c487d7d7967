import { expect, test } from "vitest";
import type { Process, ProcessSnapshot, Task } from "@inquest/core";
import { kinshipOf, largestFamily, parentsOf } from "../../../packages/core/src/analysis/parents.ts";
import { taskOf } from "../../support/task-of.ts";

const atMs = Date.parse("2026-11-20T02:30:00Z");
const time = { atMs, errorS: 1, method: "exact" } as const;

type Line = readonly [pid: number, ppid: number, name: string];

function ps(lines: readonly Line[], takenAtMs: number | null = atMs - 60_000): ProcessSnapshot {
  const rest = { uid: 7, user: null, rssKiB: 1, vszKiB: null, startText: null, args: null };
  return { takenAtMs, processes: lines.map(([pid, ppid, name]): Process => ({ pid, ppid, name, ...rest })) };
}

const build: readonly Line[] = [
  [1, 0, "init"],
  [10, 1, "sshd"],
  [20, 10, "bash"],
  [30, 20, "make"],
  ...Array.from({ length: 8 }, (_, at): Line => [100 + at, 30, "cc"]),
  ...Array.from({ length: 8 }, (_, at): Line => [200 + at, 100 + at, at % 2 === 0 ? "cc1plus" : "as"]),
  [50, 1, "java"],
];
/** Each compiler holds a tenth of what the whole build does; java a third of all. */
const table: readonly Task[] = build
  .filter(([pid]) => pid > 1)
  .map(([pid, , name]) => taskOf({ pid, name, rssPages: name === "java" ? 4000 : pid >= 200 ? 1000 : 10 }));

function familyOf(tasks: readonly Task[], before: ProcessSnapshot | null, pageSizeKiB: number | null = 4) {
  const kinship = kinshipOf({ time }, tasks, before);
  return kinship && largestFamily(kinship, pageSizeKiB);
}

test("names the smallest family that held half of the memory, whatever its names", () => {
  const family = familyOf(table, ps(build));
  expect(family).toMatchObject({ head: { pid: 30, name: "make" }, count: 17, names: 4, share: 0.668 });
  expect(family?.rssKiB).toBe((8 * 1000 + 9 * 10) * 4);
});

test("adds what is swapped out where the table tells it", () => {
  const tasks = table.map((task) => ({ ...task, swapentsPages: task.pid >= 200 ? 500 : 0 }));
  expect(familyOf(tasks, ps(build))).toMatchObject({ head: { pid: 30 }, swapKiB: 16_000, share: 0.75 });
});

test.each<readonly [string, readonly Task[], ProcessSnapshot | null, number | null]>([
  ["no ps came before", table, null, 4],
  ["the ps is later than the death", table, ps(build, atMs + 1), 4],
  ["nothing tells when the ps was taken", table, ps(build, null), 4],
  ["the pids are those of others", table.map((task) => ({ ...task, name: "other" })), ps(build), 4],
  ["the pids are those of other users", table.map((task) => ({ ...task, uid: 8 })), ps(build), 4],
  ["one task alone held as much", [...table, taskOf({ pid: 900, rssPages: 99_999 })], ps(build), 4],
  ["only pid 1 is over half of it", table, ps(build.map(([pid, , name]) => [pid, 1, name])), 4],
])("names none where %s", (_, tasks, before, pageSizeKiB) => {
  expect(familyOf(tasks, before, pageSizeKiB)).toBeNull();
});

test("comes to an end where the parents of a ps run in a circle", () => {
  const circle: readonly Line[] = [
    [10, 11, "a"],
    [11, 10, "b"],
    [12, 12, "c"],
  ];
  const tasks = circle.map(([pid, , name]) => taskOf({ pid, name }));
  expect(familyOf(tasks, ps(circle))).toMatchObject({ count: 2, names: 2 });
});

test("tells whose children the tasks of a suspect were, if all had one parent", () => {
  const kinship = kinshipOf({ time }, table, ps(build));
  const suspects = ["cc", "cc1plus", "java", "gone"].map((name) => ({ name, uid: 7 }));
  const parents = kinship && parentsOf(suspects, kinship);
  expect(parents?.map((parent) => parent?.name ?? null)).toEqual(["make", null, null, null]);
});
