import { toPid } from "../../oom/lines/number.ts";
import type { CrashLine } from "../death-line.ts";
import { toDetail, toldDeath } from "../told-death.ts";
import { comm } from "./comm.ts";

const patterns: readonly RegExp[] = [
  // virt-manager[27203]: segfault at ab ip 00007f6439639304 sp 00007f640f8b9e30 error 4 in libpython2.7.so.1.0[7f64395a2000+178000]
  // reader[812]: segfault at 0000000000000000 rip 0000000000400e1c rsp 00007fff0b2a error 4            (until 2.6.24)
  new RegExp(
    String.raw`^(?<name>${comm})\[(?<pid>\d{1,10})\]: segfault (?<words>at [0-9a-f]{1,16}) [re]?ip [0-9a-f]{1,16} (?:\(rpc [0-9a-f]{1,16}\) )?[re]?sp [0-9a-f]{1,16} (?<error>error [0-9a-f]{1,8})(?: in (?<map>[^\n]{1,4200}))?`,
    "su",
  ),
  // reader[812]: segfault (11) at 10 nip 10000594 lr 1000058c code 1 in reader[10000000+10000]          (powerpc, 4.20)
  new RegExp(
    String.raw`^(?<name>${comm})\[(?<pid>\d{1,10})\]: segfault \(11\) (?<words>at [0-9a-f]{1,16}) nip [0-9a-f]{1,16} lr [0-9a-f]{1,16} (?<error>code [0-9a-f]{1,8})(?: in (?<map>[^\n]{1,4200}))?`,
    "su",
  ),
];

/** show_signal_msg(), arch/x86/mm/fault.c (sparc's is alike); _exception_pkey(), arch/powerpc/kernel/traps.c. */
export function parseSegfault(text: string): CrashLine | null {
  for (const pattern of patterns) {
    const groups = pattern.exec(text)?.groups;
    const pid = toPid(groups?.["pid"]);
    if (groups === undefined || pid === null) continue;
    const { name = null, words, error, map } = groups;
    const file = map === undefined ? null : fileOfMapping(map);
    return {
      form: "crash",
      isAudit: false,
      signal: 11,
      death: toldDeath("segfault", {
        pid,
        name,
        isThread: true,
        detail: toDetail(`${words}, ${error}${file === null ? "" : ` in ${file}`}`),
      }),
    };
  }
  return null;
}

/**
 * File of ` in libc.so.6[7f64395a2000+178000] likely on CPU 0 (core 0, socket 0)`, print_vma_addr() of mm/memory.c:
 * its own name may hold brackets, so the last pair of figures ends it. A mapping cut off is left out.
 */
export function fileOfMapping(map: string): string | null {
  const at = map.search(
    /\[(?:[0-9a-f]{1,16},)?[0-9a-f]{1,16}\+[0-9a-f]{1,16}\](?: likely on CPU [^[]{0,60})?\s*$/u,
  );
  return at > 0 ? map.slice(0, at) : null;
}
