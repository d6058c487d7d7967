/** When a job starts, as the wall clock of its zone shows it. Lists are sorted and never empty; null: every one. */
export interface StartTimes {
  /** 0–59. */
  readonly minutes: readonly number[];
  /** 0–23. */
  readonly hours: readonly number[];
  /** 1–31. */
  readonly daysOfMonth: readonly number[] | null;
  /** 1–12. */
  readonly months: readonly number[] | null;
  /** 0 is Monday. */
  readonly weekdays: readonly number[] | null;
  /** True: where days of the month and of the week are given, one of both is enough (crontab(5)); false: both must hold. */
  readonly eitherDay: boolean;
}

/** One job that a host starts by the clock: a line of a crontab, a file of /etc/cron.daily, a timer. Hostile text. */
export interface Schedule {
  /** Where it is written: `/etc/cron.d/backup:3`, `/etc/cron.daily/logrotate`, `logrotate.timer`. */
  readonly source: string;
  /** Who runs it; null: the source does not say. */
  readonly user: string | null;
  /** As it is written there: `20 2 * * *`, `@daily`, `*-*-* 06,18:00:00`, `1 5 cron.daily` of anacron. */
  readonly schedule: string;
  readonly command: string;
  /** Zone that its times are read in, where it names one (CRON_TZ, OnCalendar); null: the host's. */
  readonly zone: string | null;
  /** Null: not by the clock (`@reboot`, a timer that counts from the boot), or in no form that is known. */
  readonly times: StartTimes | null;
}

/** All that a host starts by the clock, as far as its login may see it. */
export interface Schedules {
  readonly jobs: readonly Schedule[];
  /** Places that could not be understood or were too long: `/etc/cron.d/x:4`. */
  readonly refused: readonly string[];
}
