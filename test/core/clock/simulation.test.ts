import { expect, test } from "vitest";
import { methods } from "../../../bench/clock/methods.ts";
import type { Score } from "../../../bench/clock/score.ts";
import { scoresOf } from "../../../bench/clock/score.ts";
import { simulateHost } from "../../../bench/clock/simulate-host.ts";
import { random } from "../../../bench/recurrence/random.ts";

const next = random(11);
const hosts = Array.from({ length: 60 }, () => simulateHost(next));

/** How a method of the simulation did on lines of an age, over 60 hosts. */
function scoreOf(name: string, age: string): Score {
  const method = methods.find((one) => one.name === name);
  const score = method === undefined ? undefined : scoresOf(hosts, method).get(age);
  if (score === undefined) throw new Error(`there is no ${name}, ${age}`);
  return score;
}

test("with a history the truth lies inside a second for the lines of a month", () => {
  const score = scoreOf("history, all anchors", "all < 30 d");
  expect(score.inside).toBeGreaterThanOrEqual(0.99);
  expect(score.medianS).toBeLessThanOrEqual(0.2);
  expect(score.statedS).toBe(1);
  expect(score.untimed).toBe(0);
});

test("on first contact the truth lies inside what is stated", () => {
  expect(scoreOf("first contact, cpu_clk", "all").inside).toBeGreaterThanOrEqual(0.98);
  expect(scoreOf("first contact, uptime only", "all").inside).toBeGreaterThanOrEqual(0.97);
  expect(scoreOf("first contact, container's uptime only", "all").inside).toBeGreaterThanOrEqual(0.97);
});

test("brackets alone are surer than the formula of dmesg -T", () => {
  const [brackets, formula] = [
    scoreOf("history without cpu_clk and marker", "all < 30 d"),
    scoreOf("dmesg -T formula", "all < 30 d"),
  ];
  expect(brackets.inside).toBeGreaterThanOrEqual(0.98);
  expect(formula.inside).toBeLessThan(0.1);
});
