import type { OomTrigger } from "../../../model/oom-report.ts";
import { toNumber, toPid } from "./number.ts";

/** First line of a report: who asked for the page; null where the kernel does not name it (before 2.6.19). */
export interface HeaderLine {
  readonly kind: "header";
  readonly trigger: OomTrigger | null;
}

// rsync invoked oom-killer: gfp_mask=0xd0, order=0, oom_adj=0, oom_score_adj=0
// doxygen invoked oom-killer: gfp_mask=0x140cca(GFP_HIGHUSER_MOVABLE|__GFP_COMP), order=0, oom_score_adj=0
const named = /^(.{1,64}?) invoked (?:[a-zA-Z]{1,8} )?oom-killer: (.{0,400})/su;
// 4711 (php) invoked loc oom-killer: gfp 0x201da order 0 oomkilladj=0                    OpenVZ
const numbered = /^(\d{1,10}) \((.{0,64})\)$/su;
// oom-killer: gfp_mask=0xd0, order=0                                                     2.6.9 to 2.6.18
const bare = /^oom-killer: gfp_mask=0x/;

/** dump_header(), mm/oom_kill.c; __out_of_memory() before 2.6.36. */
export function parseHeader(text: string): HeaderLine | null {
  if (bare.test(text)) return { kind: "header", trigger: null };
  const found = named.exec(text);
  if (found === null) return null;
  const [, who = "", rest = ""] = found;
  const [, pid, name = who] = numbered.exec(who) ?? [];
  const mask = /gfp(?:_mask)?[= ](0x[0-9a-f]+|\d+)(?:\(([^)]*)\))?/i.exec(rest);
  return {
    kind: "header",
    trigger: {
      name,
      pid: toPid(pid),
      gfpMask: mask?.[1] ?? null,
      gfpFlags: mask?.[2] === undefined || mask[2] === "" ? null : mask[2],
      order: toNumber(/order[= ](-?\d{1,4})(?!\d)/.exec(rest)?.[1]),
      oomScoreAdj: toNumber(/oom_score_adj=(-?\d{1,5})(?!\d)/.exec(rest)?.[1]),
    },
  };
}
