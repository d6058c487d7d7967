import fc from "fast-check";
import { expect, test } from "vitest";
import { parseSchedules } from "../../../../packages/core/src/parse/schedule/parse-schedules.ts";
import { fixturePairs } from "../../../support/fixture-pairs.ts";

test.each(fixturePairs("schedule"))("reads $name", ({ text, expected }) => {
  expect(parseSchedules(text, "nina")).toEqual(expected);
});

test("does not know whose its own crontab is when the login has no name", () => {
  const { jobs } = parseSchedules("crontab -l:1:0 3 * * * nightly\n", null);
  expect(jobs).toMatchObject([{ source: "crontab -l:1", user: null, command: "nightly" }]);
});

test("takes no line of a file for the words of systemctl or of the probe", () => {
  const { jobs, refused } = parseSchedules(
    "./etc/cron.d/x:1:timers\n./etc/cron.d/x:2:run ./etc/cron.daily/y\n./etc/cron.d/x:3:Id=z.timer\n",
    null,
  );
  expect(jobs).toEqual([]);
  expect(refused).toEqual(["/etc/cron.d/x:1", "/etc/cron.d/x:2"]);
});

test("reads any text without failing, and what is sound beside it", () => {
  const sound = "./etc/cron.d/backup:3:20 2 * * * root /opt/backup";
  const line = fc.stringMatching(/^(?:\.\/etc\/cron\.d\/a:1:)?[-*/,~%@0-9a-zA-Z{}[\]()\\$;&| \t=.]{0,80}$/);
  const holds = fc.check(
    fc.property(fc.array(fc.oneof(line, fc.string({ unit: "binary" })), { maxLength: 8 }), (lines) => {
      const { jobs } = parseSchedules([sound, ...lines.filter((one) => one !== "timers")].join("\n"), null);
      return jobs.some(({ source }) => source === "/etc/cron.d/backup:3");
    }),
    { seed: 6, numRuns: 500 },
  );
  expect(holds.counterexample).toBeNull();
});
