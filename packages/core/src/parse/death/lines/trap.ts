import { toPid } from "../../oom/lines/number.ts";
import type { CrashLine } from "../death-line.ts";
import { toDetail, toldDeath } from "../told-death.ts";
import { comm } from "./comm.ts";
import { fileOfMapping } from "./segfault.ts";

// traps: polkitd[16555] general protection ip:7f3d7cc52cf2 sp:7fffdcd96eb0 error:0 in libmozjs-17.0.so[7f3d7cb14000+3b3000]
// traps: chrome[2979] trap invalid opcode ip:55911b28dba3 sp:7ffea558a3e0 error:0
// trapper[812] trap divide error rip:400e1c rsp:7fff0b2a error:0                                        (until 2.6.24)
const pattern = new RegExp(
  String.raw`^(?:traps: )?(?<name>${comm})\[(?<pid>\d{1,10})\] (?:trap )?(?<trap>[a-z][a-z0-9 -]{2,40}) [re]?ip:[0-9a-f]{1,16} [re]?sp:[0-9a-f]{1,16} error:(?<error>[0-9a-f]{1,8})(?: in (?<map>[^\n]{1,4200}))?`,
  "su",
);

/** Signals that the traps of do_error_trap() and its neighbours send. */
const signals: readonly (readonly [RegExp, number])[] = [
  [/^int3|^debug/u, 5],
  [/^invalid opcode/u, 4],
  [/^divide error|^coprocessor|^simd/u, 8],
  [/^stack segment|^segment not present|^alignment/u, 7],
  [/protection|^bounds|^overflow|^invalid TSS/u, 11],
];

/** show_signal(), arch/x86/kernel/traps.c; "traps: " since 3.0. */
export function parseTrap(text: string): CrashLine | null {
  const groups = pattern.exec(text)?.groups;
  const pid = toPid(groups?.["pid"]);
  if (groups === undefined || pid === null) return null;
  const { name = null, trap = "", error, map } = groups;
  const file = map === undefined ? null : fileOfMapping(map);
  return {
    form: "crash",
    isAudit: false,
    signal: signals.find(([words]) => words.test(trap))?.[1] ?? null,
    death: toldDeath("trap", {
      pid,
      name,
      isThread: true,
      detail: toDetail(
        `${trap}${error === "0" ? "" : `, error ${error}`}${file === null ? "" : ` in ${file}`}`,
      ),
    }),
  };
}
