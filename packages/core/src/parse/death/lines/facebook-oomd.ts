import type { KillLine } from "../death-line.ts";
import { toDetail, toldDeath } from "../told-death.ts";

// oomd kill: 99.94 99.79 83.34 system.slice/batch.service 1999744 ruleset:[protection] detectorgroup:[slow] killer:kill_by_memory v2
const pattern =
  /^(?:oomd kill: )(?<pressure>\d{1,3}\.\d{2} \d{1,3}\.\d{2} \d{1,3}\.\d{2}) (?<cgroup>[^\n]{1,4096}?) (?<bytes>\d{1,20}) (?<rules>ruleset:\[[^\n\]]{0,200}\]) detectorgroup:\[[^\n\]]{0,200}\] killer:(?<killer>[^\n ]{1,100})/u;

/** BaseKillPlugin::logKill() of facebook's oomd, which writes to /dev/kmsg; "killer:(dry)…" kills nobody. */
export function parseFacebookOomd(text: string): KillLine | null {
  const { pressure, cgroup, bytes, rules, killer } = pattern.exec(text)?.groups ?? {};
  if (cgroup === undefined || killer === undefined || killer.startsWith("(dry)")) return null;
  return {
    form: "kill",
    death: toldDeath("oomd-kill", {
      cgroup,
      detail: toDetail(`${killer}, ${rules}, pressure ${pressure}, ${bytes} bytes`),
    }),
  };
}
