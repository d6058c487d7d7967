import { expect, test } from "vitest";
import type { Task } from "@inquest/core";
import { rankSuspects } from "../../../packages/core/src/analysis/suspects.ts";

function taskOf(name: string, uid: number, rssPages: number | null, pid = 1): Task {
  return {
    pid,
    uid,
    tgid: pid,
    totalVmPages: null,
    rssPages,
    rssAnonPages: null,
    rssFilePages: null,
    rssShmemPages: null,
    pgtablesBytes: null,
    nrPtes: null,
    nrPmds: null,
    swapentsPages: null,
    cpu: null,
    oomAdj: null,
    oomScoreAdj: null,
    name,
  };
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

test("says nothing without a table, without figures or without a page size", () => {
  expect(rankSuspects([], 4)).toBeNull();
  expect(rankSuspects([taskOf("java", 1, null)], 4)).toBeNull();
  expect(rankSuspects([taskOf("java", 1, 10)], null)).toBeNull();
});
