import { toPid } from "../../oom/lines/number.ts";
import type { CrashLine } from "../death-line.ts";
import { toDetail, toldDeath } from "../told-death.ts";
import { comm } from "./comm.ts";

// MCE: Killing uffd-unit-tests:1321817 due to hardware memory corruption fault at 4631e000
// MCE 0x1840200: Killing cellsrv:33395 early due to hardware memory corruption                 (2.6.32)
// Memory failure: 0x1840200: Killing cellsrv:33395 due to hardware memory corruption
// Memory failure: 0x1840200: Sending SIGBUS to qemu-kvm:33395 due to hardware memory corruption
// Memory failure: 0x1840200: forcibly killing cellsrv:33395 because of failure to unmap corrupted page
const pattern = new RegExp(
  String.raw`^(?:MCE|Memory failure)(?: 0x[0-9a-f]{1,16})?: (?:(?<page>0x[0-9a-f]{1,16}): )?(?<verb>Killing|Sending SIGBUS to|[Ff]orcibly killing) (?<name>${comm}):(?<pid>\d{1,10}) (?<why>(?:early )?(?:due to|because of) [^\n]{4,100})`,
  "su",
);

/**
 * do_sigbus() (arch/x86/mm/fault.c), kill_proc() and kill_procs() (mm/memory-failure.c). Whom only a SIGBUS was sent
 * may have survived it (a hypervisor passes it on).
 */
export function parseMemoryFailure(text: string): CrashLine | null {
  const groups = pattern.exec(text)?.groups;
  const pid = toPid(groups?.["pid"]);
  if (groups === undefined || pid === null) return null;
  const { name = null, page, verb = "", why = "" } = groups;
  return {
    form: "crash",
    isAudit: false,
    signal: 7,
    death: toldDeath("hw-memory", {
      pid,
      name,
      confirmed: !verb.startsWith("Sending"),
      detail: toDetail(
        `${verb === "Sending SIGBUS to" ? "SIGBUS " : ""}${why.trimEnd()}${page === undefined ? "" : `, page ${page}`}`,
      ),
    }),
  };
}
