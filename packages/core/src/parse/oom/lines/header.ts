import type { OomTrigger } from "../../../model/oom-report.ts";
import { toNumber, toPid } from "./number.ts";

/** First line of a report. */
export interface HeaderLine {
  readonly kind: "header";
  /** Who asked for the page; null where the kernel does not name it (before 2.6.19), or its name is cut off. */
  readonly trigger: OomTrigger | null;
  /** Page order asked for; -1 is a manual kill. Null before 2.6.16. */
  readonly order: number | null;
}

// rsync invoked oom-killer: gfp_mask=0xd0, order=0, oom_adj=0, oom_score_adj=0
// doxygen invoked oom-killer: gfp_mask=0x140cca(GFP_HIGHUSER_MOVABLE|__GFP_COMP), order=0, oom_score_adj=0
const named = /^(.{1,64}?) invoked (?:[a-zA-Z]{1,8} )?oom-killer: (.{0,400})/su;
// 4711 (php) invoked loc oom-killer: gfp 0x201da order 0 oomkilladj=0                    OpenVZ
const numbered = /^(\d{1,10}) \((.{0,64})\)$/su;
// oom-killer: gfp_mask=0xd0, order=0               2.6.9 to 2.6.18; and where a wrapped ring cut the name off
const bare = /^(?:[a-z]{0,7} )?oom-killer: (gfp(?:_mask=| )0x.{0,400})/su;
const orderPattern = /order[= ](-?\d{1,4})(?!\d)/;

/** dump_header(), mm/oom_kill.c; __out_of_memory() before 2.6.36. */
export function parseHeader(text: string): HeaderLine | null {
  const found = named.exec(text);
  if (found === null) {
    const cut = bare.exec(text)?.[1];
    return cut === undefined ? null : { kind: "header", trigger: null, order: orderOf(cut) };
  }
  const [, who = "", rest = ""] = found;
  const [, pid, name = who] = numbered.exec(who) ?? [];
  const mask = /gfp(?:_mask)?[= ](0x[0-9a-f]+|\d+)(?:\(([^)]*)\))?/i.exec(rest);
  const order = orderOf(rest);
  return {
    kind: "header",
    order,
    trigger: {
      name,
      pid: toPid(pid),
      gfpMask: mask?.[1] ?? null,
      gfpFlags: mask?.[2] === undefined || mask[2] === "" ? null : mask[2],
      order,
      oomScoreAdj: toNumber(/oom_score_adj=(-?\d{1,5})(?!\d)/.exec(rest)?.[1]),
    },
  };
}

function orderOf(text: string): number | null {
  return toNumber(orderPattern.exec(text)?.[1]);
}
