import type { KillLine } from "./kill.ts";
import { toPid } from "./number.ts";

/** Who dies with the victim because it shares its memory. */
export type SharingLine = Omit<KillLine, "kind"> & { readonly kind: "sharing" };

// Kill process 4803 (fool-sysrq-f) sharing same memory
const pattern = /^Kill process (\d{1,10}) \((.{0,200})\) sharing same memory/su;

/** oom_kill_process(), mm/oom_kill.c, 2.6.36 to 4.5: printed after the victim's own line. */
export function parseSharing(text: string): SharingLine | null {
  const found = pattern.exec(text);
  const pid = toPid(found?.[1]);
  if (found === null || pid === null) return null;
  return {
    kind: "sharing",
    kill: {
      pid,
      name: found[2] ?? null,
      uid: null,
      totalVmKiB: null,
      anonRssKiB: null,
      fileRssKiB: null,
      shmemRssKiB: null,
      pgtablesKiB: null,
      oomScoreAdj: null,
      scope: null,
    },
  };
}
