import type { Schedule, Schedules, StartTimes } from "../../model/schedule.ts";
import { parseOnCalendar } from "./on-calendar.ts";
import { timesOfElapses } from "./timer-elapses.ts";

/**
 * The timers of `systemctl show -p Id,Unit,TimersCalendar,NextElapseUSecRealtime,LastTriggerUSec`, one block each. Where
 * systemd is too old for TimersCalendar, the last and the next start tell a daily or a weekly timer.
 */
export function parseTimers(text: string): Schedules {
  const jobs: Schedule[] = [];
  const refused: string[] = [];
  for (const block of text.split(/\n[ \t]*\n/u)) {
    const values = new Map<string, string[]>();
    for (const line of block.split("\n")) {
      const at = line.indexOf("=");
      if (at > 0)
        values.set(line.slice(0, at), [...(values.get(line.slice(0, at)) ?? []), line.slice(at + 1)]);
    }
    const [id] = values.get("Id") ?? [];
    if (id === undefined || id === "") continue;
    const shared = {
      source: id,
      user: null,
      command: values.get("Unit")?.[0] ?? id.replace(/\.timer$/u, ""),
    };
    const events = (values.get("TimersCalendar") ?? []).flatMap(expressionsOf);
    for (const schedule of events) {
      const event = parseOnCalendar(schedule);
      if (event === null) refused.push(id);
      jobs.push({ ...shared, schedule, zone: event?.zone ?? null, times: event?.times ?? null });
    }
    const [next = ""] = values.get("NextElapseUSecRealtime") ?? [];
    const [last = ""] = values.get("LastTriggerUSec") ?? [];
    const times: StartTimes | null = events.length > 0 ? null : timesOfElapses(last, next);
    if (times !== null) jobs.push({ ...shared, schedule: `next ${next}`, zone: null, times });
  }
  return { jobs, refused: [...new Set(refused)] };
}

/** `{ OnCalendar=*-*-* 00:00:00 ; next_elapse=Mon 2026-11-23 00:00:00 CST }`: one or several in a line. */
function expressionsOf(text: string): readonly string[] {
  return [...text.matchAll(/\bOnCalendar=([^;}]{1,256})/gu)].flatMap(
    ([, expression = ""]) => expression.trim() || [],
  );
}
