import { expect, test } from "vitest";
import { toEpisodes } from "../../../packages/core/src/analysis/episodes.ts";
import { historyOf } from "./recurrence/history-of.ts";

test("joins deaths that lie no more than 10 minutes apart, however long that goes on", () => {
  const { deaths } = historyOf("web01", [0, 9, 19, 29.5, 60]);
  const [first, second, third] = toEpisodes("web01", deaths);
  expect(first?.deaths).toHaveLength(3);
  expect(second?.deaths).toHaveLength(1);
  expect(third?.localMin).toBe(deaths[4]?.localMin);
});

test("keeps an episode's id while later deaths join it, and differs by host", () => {
  const { deaths } = historyOf("web01", [0, 3, 6]);
  const [before] = toEpisodes("web01", deaths.slice(0, 1));
  const [after] = toEpisodes("web01", deaths);
  expect(before?.id).toMatch(/^e-[0-9a-f]{12}$/);
  expect(after?.id).toBe(before?.id);
  expect(toEpisodes("web02", deaths)[0]?.id).not.toBe(before?.id);
});
