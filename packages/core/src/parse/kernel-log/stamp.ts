import type { Micros } from "../../model/units.ts";

/** `<6>[   12.345678] `: the priority of `dmesg -r` before a stamp, or a stamp alone. Groups: priority, then as below. */
export const stampedLine: RegExp =
  /^(?:<(\d{1,4})>)?\[ {0,12}(\d{1,12})\.(\d{6})(?: <[ \d.]{1,20}>)?\](?: ?\[ {0,8}([TC]\d{1,10})\])? ?/;

/**
 * `[28039563.695579] `, with the caller id of CONFIG_PRINTK_CALLER where there is one: `[   37.110840][ T9185] `,
 * with the time since the record before by `dmesg -d`: `[   12.345678 <    0.000012>] `. Groups: seconds, microseconds,
 * caller.
 */
export const stampPattern: RegExp =
  /^\[ {0,12}(\d{1,12})\.(\d{6})(?: <[ \d.]{1,20}>)?\](?: ?\[ {0,8}([TC]\d{1,10})\])? ?/;

/** The same behind a carrier's own prefix, where its `lastIndex` points: `kernel: <6>[   12.345678] `. */
export const stampBehind: RegExp =
  / {0,2}(?:<(\d{1,4})>)?\[ {0,12}(\d{1,12})\.(\d{6})(?: <[ \d.]{1,20}>)?\](?: ?\[ {0,8}([TC]\d{1,10})\])? ?/y;

/**
 * Seconds and six digits to microseconds, exactly: no float is multiplied. Null beyond what a number holds: an unsteady
 * clock early in the boot prints [18446744073.709551], a little less than nothing.
 */
export function toMicros(seconds: string, fraction: string): Micros | null {
  const us = Number(seconds + fraction);
  return Number.isSafeInteger(us) ? us : null;
}
