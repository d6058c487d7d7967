import { expect, test } from "vitest";
import type { Task } from "@inquest/core";
import { rankSuspects } from "../../../packages/core/src/analysis/suspects.ts";
import { taskOf as aTask } from "../../support/task-of.ts";

function taskOf(name: string, uid: number, rssPages: number | null, pid = 1): Task {
  return aTask({ name, uid, rssPages, pid });
}

test("names the group that holds most, not the largest single process", () => {
  const herd = Array.from({ length: 400 }, (_, at) => taskOf("php-fpm", 48, 20_000, 1000 + at));
  const suspects = rankSuspects([taskOf("mysqld", 27, 1_000_000), ...herd], 4);
  expect(suspects?.map(({ name, count, rssKiB, share }) => ({ name, count, rssKiB, share }))).toEqual([
    { name: "php-fpm", count: 400, rssKiB: 32_000_000, share: 0.889 },
    { name: "mysqld", count: 1, rssKiB: 4_000_000, share: 0.111 },
  ]);
});

test("keeps users of the same program apart", () => {
  expect(
    rankSuspects([taskOf("java", 1, 10), taskOf("java", 2, 20)], 64)?.map(({ uid, rssKiB }) => [uid, rssKiB]),
  ).toEqual([
    [2, 1280],
    [1, 640],
  ]);
});

test("says nothing without a table or without figures", () => {
  expect(rankSuspects([], 4)).toBeNull();
  expect(rankSuspects([taskOf("java", 1, null)], 4)).toBeNull();
});

test("knows the shares where no page size is known, and no KiB", () => {
  expect(rankSuspects([taskOf("java", 1, 10), taskOf("sh", 1, 30)], null)).toEqual([
    { name: "sh", uid: 1, count: 1, rssKiB: null, swapKiB: null, share: 0.75 },
    { name: "java", uid: 1, count: 1, rssKiB: null, swapKiB: null, share: 0.25 },
  ]);
});

test("counts what is swapped out: who fills the swap holds little of the RAM", () => {
  const swapped = aTask({ name: "view", rssPages: 100, swapentsPages: 900 });
  const resident = aTask({ name: "java", rssPages: 600, swapentsPages: 0 });
  expect(rankSuspects([resident, swapped], 4)).toMatchObject([
    { name: "view", rssKiB: 400, swapKiB: 3600, share: 0.625 },
    { name: "java", rssKiB: 2400, swapKiB: 0, share: 0.375 },
  ]);
});

test("does not know the swap of a group of which one task does not tell it", () => {
  const rows = [aTask({ swapentsPages: 5 }), aTask({ pid: 2, swapentsPages: null })];
  expect(rankSuspects(rows, 4)).toMatchObject([{ count: 2, swapKiB: null, share: 1 }]);
});
