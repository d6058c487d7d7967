import type { Micros } from "../../model/units.ts";

/** `[28039563.695579] `, with the caller id of CONFIG_PRINTK_CALLER where there is one: `[   37.110840][ T9185] `. */
export const stampPattern: RegExp = /^\[ {0,12}(\d{1,10})\.(\d{6})\](?: ?\[ {0,8}([TC]\d{1,10})\])? ?/;

/** Seconds and six digits to microseconds, exactly: no float is multiplied. */
export function toMicros(seconds: string, fraction: string): Micros {
  return Number(seconds + fraction);
}
