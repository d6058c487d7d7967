import type { KillLine } from "../death-line.ts";
import { toDetail, toldDeath } from "../told-death.ts";

// Killed /user.slice/user-1000.slice/app.scope due to memory pressure for /user.slice being 59.83% > 50.00% for > 20s with reclaim activity
// Killed /system.slice/a.service due to memory used (8003424256) / total (8322957312) and swap used (…) / total (…) being more than 90.00%
// Marked /system.slice/a.service for killing due to memory pressure for /system.slice being …     (announced only)
const pattern =
  /^(?<verb>Killed|Marked) (?<cgroup>\/[^\n]{0,4096}?) (?:for killing )?due to (?<why>memory pressure for \/[^\n]{0,4096}|memory used \(\d{1,20}\) \/ total \(\d{1,20}\) and swap used [^\n]{1,160})/u;

/** monitor_memory_pressure_contexts_handler() and monitor_swap_contexts_handler() of systemd's src/oom/oomd-manager.c, since 248. */
export function parseSystemdOomd(text: string): KillLine | null {
  const { verb, cgroup, why } = pattern.exec(text)?.groups ?? {};
  if (cgroup === undefined || why === undefined) return null;
  return {
    form: "kill",
    death: toldDeath("oomd-kill", { cgroup, confirmed: verb === "Killed", detail: toDetail(shortly(why)) }),
  };
}

/** The figures come last, and a long path must not push them out of the detail. */
function shortly(why: string): string {
  const at = why.lastIndexOf(" being ");
  const path = why.slice("memory pressure for ".length, at);
  return why.startsWith("memory pressure for ") && at !== -1 && path.length > 80
    ? `memory pressure for …${path.slice(-80)}${why.slice(at)}`
    : why;
}
