import type { KillLine, MoreLine } from "../death-line.ts";
import { toNumber, toPid } from "../../oom/lines/number.ts";
import { toDetail, toldDeath } from "../told-death.ts";

const patterns: readonly RegExp[] = [
  // lowmemorykiller: Killing 'd.play.games.ui' (2613), adj 1000,          (kernel 3.10 to 4.11; further lines follow)
  // lowmemorykiller: Killing 'd.play.games.ui' (2613) (tgid 2613), adj 1000,
  // lowmemorykiller: Kill 'com.example.reader' (2613), uid 10100, oom_score_adj 900 to free 12345kB rss, 100kB swap; reason: low watermark is breached
  /^(?:lowmemorykiller: |lmkd: )?Kill(?:ing)? '(?<name>.{1,256}?)' \((?<pid>\d{1,10})\)(?: \(tgid \d{1,10}\))?, (?:uid (?<uid>\d{1,10}), )?(?<why>(?:oom_)?(?:score_)?adj -?\d{1,5})(?=,|\s|$)(?<rest>.{0,600})/su,
  // send sigkill to 2613 (reader), adj 15, size 3456                      (kernel until 3.9; the size is in pages)
  /^(?:lowmemorykiller: )?send sigkill to (?<pid>\d{1,10}) \((?<name>.{1,64}?)\), (?<why>(?:oom_)?adj -?\d{1,5}, (?:score_adj -?\d{1,5}, )?size \d{1,10})/su,
];

/** lowmem_scan() (drivers/staging/android/lowmemorykiller.c), kill_one_process() of Android's lmkd. */
export function parseLowmemorykiller(text: string): KillLine | null {
  for (const pattern of patterns) {
    const groups = pattern.exec(text)?.groups;
    const pid = toPid(groups?.["pid"]);
    if (groups === undefined || pid === null) continue;
    const { name = null, uid, why = "", rest = "" } = groups;
    return {
      form: "kill",
      death: toldDeath("oomd-kill", {
        pid,
        name,
        uid: toNumber(uid),
        isThread: false,
        rssKiB: freedKiB(rest),
        detail: toDetail(`${why}${rest.replace(/^,?\s{0,20}/u, " ")}`),
      }),
    };
  }
  return null;
}

/** "to free 20784kB" is the victim's resident memory: what it asks back. */
function freedKiB(words: string): number | null {
  return toNumber(/(?:^|[\s,])to free (\d{1,15})kB/u.exec(words)?.[1]);
}

// "   to free 20784kB on behalf of 'kswapd0' (442) because", "   cache 32112kB is below limit 32384kB for oom_score_adj 1000",
// "   Free memory is 17432kB above reserved"
const further =
  /^\s{0,10}((?:to free \d{1,15}kB on behalf of|cache -?\d{1,15}kB is below|Free memory is) [^\n]{1,200})/u;

/** The further lines of lowmem_scan()'s message, where a carrier made records of them. */
export function parseLowmemorykillerMore(text: string): MoreLine | null {
  const words = further.exec(text)?.[1];
  return words === undefined ? null : { form: "more", words, rssKiB: freedKiB(words) };
}
