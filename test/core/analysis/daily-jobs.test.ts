import { describe, expect, test } from "vitest";
import { dailyJobsOf } from "../../../packages/core/src/analysis/daily-jobs.ts";
import { findRecurrences } from "../../../packages/core/src/analysis/recurrence/find-recurrences.ts";
import type { DailyJob, Recurrence } from "../../../packages/core/src/model/recurrence.ts";
import type { Schedule } from "../../../packages/core/src/model/schedule.ts";
import { parseCrontab } from "../../../packages/core/src/parse/schedule/crontab.ts";
import { historyOf, minuteAt } from "./recurrence/history-of.ts";

/** The jobs of a host whose /etc/cron.d/x has these lines. */
function jobsOf(host: string, lines: readonly string[], shiftMin = 0): readonly DailyJob[] {
  const numbered = lines.map((text, at) => ({ number: at + 1, text }));
  const { jobs } = parseCrontab("/etc/cron.d/x", numbered, { isNamed: true });
  return dailyJobsOf(host, jobs, () => shiftMin);
}

/** Nights on which the host died about 02:31. */
const nights = (days: readonly number[]): number[] =>
  days.map((day, at) => minuteAt(day, 2, 31 + (((at * 7) % 11) - 5)));

function commandsAt(minutes: readonly number[], lines: readonly string[]): string[] | undefined {
  const [found] = findRecurrences([historyOf("web01", minutes, { jobs: jobsOf("web01", lines) })]);
  return found?.jobs.map(({ command }) => command);
}

const week = [0, 1, 2, 3, 5, 6, 8, 9];

describe("the jobs of a recurrence", () => {
  test("are those that start close before it, the nearest first", () => {
    const commands = commandsAt(nights(week), [
      "0 14 * * * root afternoon",
      "50 1 * * * root earlier",
      "20 2 * * * root backup",
      "@reboot root boot",
      "34 2 * * * root just-after",
      "30 3 * * * root an-hour-later",
    ]);
    expect(commands).toEqual(["backup", "just-after", "earlier"]);
  });

  test("start seldom: what starts every few minutes stands near any time", () => {
    const commands = commandsAt(nights(week), [
      "* * * * * root every-minute",
      "*/5 * * * * root every-five",
      "25 * * * * root hourly",
      "10 2,8,14,20 * * * root four-times",
      "0 2 * * * root once",
    ]);
    expect(commands).toEqual(["once", "four-times"]);
  });

  test("start on the days on which something died", () => {
    const mondays = [0, 7, 14, 21, 28].map((day, at) => minuteAt(day, 2, 31 + (at % 3)));
    expect(
      commandsAt(mondays, [
        "20 2 * * tue root tuesdays",
        "20 2 * * 1-5 root weekdays",
        "20 2 * * mon root mondays",
        "20 2 15 * * root the-15th",
        "20 2 15 * mon root the-15th-or-monday",
        "20 2 * jan * root in-january",
      ])?.toSorted(),
    ).toEqual(["mondays", "the-15th-or-monday", "weekdays"]);
  });

  test("of every six hours start every six hours", () => {
    const times = Array.from({ length: 24 }, (_, at) => at * 360 + 40 + (at % 3));
    expect(
      commandsAt(times, ["30 */6 * * * root sync", "30 0 * * * root nightly", "*/10 * * * * root often"]),
    ).toEqual(["sync"]);
  });

  test("are found across midnight and on another clock than the host's", () => {
    const days = week.map((day, at) => minuteAt(day, 24, at % 2 === 0 ? -6 : 5));
    expect(commandsAt(days, ["50 23 * * * root late"])).toEqual(["late"]);
    const [job] = jobsOf("web01", ["20 2 * * mon root backup"], -480);
    expect(job).toMatchObject({ startMin: 18 * 60 + 20, weekdays: [6] });
    expect(jobsOf("web01", ["20 2 1 * * root monthly"], -480)).toEqual([]);
  });
});

describe("the jobs of a group", () => {
  const found = (lines: Readonly<Record<string, readonly string[]>>): Recurrence | undefined =>
    findRecurrences(
      Object.entries(lines).map(([host, own], at) =>
        historyOf(host, nights(at < 3 ? [at, at + 5] : []), { groups: ["web"], jobs: jobsOf(host, own) }),
      ),
    ).find(({ group }) => group === "web");

  test("stand on its affected hosts, what most of them have first", () => {
    const jobs = found({
      web01: ["20 2 * * * root backup", "28 2 * * * root odd-one"],
      web02: ["20 2 * * * root backup"],
      web03: ["20 2 * * * root backup"],
      web04: ["30 2 * * * root of-nobody-who-died"],
    })?.jobs;
    expect(jobs?.map(({ host, command }) => `${host} ${command}`)).toEqual([
      "web01 backup",
      "web02 backup",
      "web03 backup",
      "web01 odd-one",
    ]);
  });
});

test("two nights become a finding when a job is listed for that time", () => {
  const two = nights([0, 9]);
  const [alone] = findRecurrences([historyOf("web01", two)]);
  const [listed] = findRecurrences([
    historyOf("web01", two, { jobs: jobsOf("web01", ["25 2 * * * root backup"]) }),
  ]);
  expect(alone?.level).toBe("possible");
  expect(listed).toMatchObject({ level: "recurring", jobs: [{ command: "backup" }] });
});

test("what is not by the clock starts at no time", () => {
  const timer: Schedule = {
    source: "x.timer",
    user: null,
    schedule: "n/a",
    command: "x.service",
    zone: null,
    times: null,
  };
  expect(dailyJobsOf("web01", [timer], () => 0)).toEqual([]);
});
