import { toNumber, toPid } from "../../oom/lines/number.ts";
import type { CrashLine } from "../death-line.ts";
import { toDetail, toldDeath } from "../told-death.ts";
import { signalName } from "./signal-name.ts";

// audit: type=1701 audit(1749488918.807:3125): auid=10018 uid=1000 gid=1000 ses=1 pid=32544 comm="dumb-init" exe="/usr/bin/x" sig=11 res=1
// type=ANOM_ABEND msg=audit(1749488918.807:3125): auid=…                        (auditd's own words)
// ANOM_ABEND auid=4294967295 uid=0 gid=0 ses=4294967295 pid=313 comm="foo" …    (journald; its tag is "audit")
// audit: type=1326 audit(1749488918.807:3126): auid=… pid=77 comm="a" exe="/a" sig=31 arch=c000003e syscall=41 compat=0 ip=0x7f code=0x0
const head =
  /^(?:audit: )?(?:node=\S{1,255} )?(?:type=)?(1701|ANOM_ABEND|1326|SECCOMP)(?: (?:msg=)?audit\((\d{9,11})\.(\d{3}):\d{1,20}\):)? /u;
const who =
  /^(?:\S{1,300} ){0,6}?uid=(\d{1,10}) (?:\S{1,300} ){0,6}?pid=(\d{1,10}) comm=("[^"]{0,64}"|[0-9A-F]{2,128}|\(null\)) /u;
const what =
  /^(?:reason="[^"]{0,100}" ?)?(?:exe=("[^"]{0,4100}"|[0-9A-F]{2,8200}|\(null\)) )?sig=(\d{1,2})(?: |$)/u;
const syscall = / syscall=(\d{1,5})(?: |$)/u;
/** (uid_t) -1: not set. */
const unsetUid = 4_294_967_295;

/** audit_core_dumps() and audit_seccomp(), kernel/auditsc.c; sig=0 is an entry of seccomp's log, and nobody's death. */
export function parseAudit(text: string): CrashLine | null {
  const start = head.exec(text);
  if (start === null) return null;
  const [opening, type = "", seconds, millis] = start;
  const middle = who.exec(text.slice(opening.length));
  const rest = text.slice(opening.length + (middle?.[0].length ?? 0));
  const end = what.exec(rest);
  const pid = toPid(middle?.[2]);
  const signal = toNumber(end?.[2]);
  if (pid === null || signal === null || signal === 0) return null;
  const isSeccomp = type === "1326" || type === "SECCOMP";
  const call = isSeccomp ? syscall.exec(rest.slice(end?.[0].length).slice(0, 400))?.[1] : undefined;
  const uid = toNumber(middle?.[1]);
  return {
    form: "crash",
    isAudit: true,
    signal,
    death: toldDeath(isSeccomp ? "seccomp" : "signal", {
      pid,
      name: untrusted(middle?.[3]),
      uid: uid === unsetUid ? null : uid,
      isThread: false,
      detail: toDetail(
        [signalName(signal), call === undefined ? null : `syscall ${call}`, untrusted(end?.[1])]
          .filter((part) => part !== null)
          .join(", "),
      ),
      atMs: seconds === undefined ? null : Number(seconds) * 1000 + Number(millis),
    }),
  };
}

/** audit_log_untrustedstring(), kernel/audit.c: quoted, or the bytes in hex where one of them is odd. */
function untrusted(value: string | undefined): string | null {
  if (value === undefined || value === "(null)") return null;
  if (value.startsWith('"')) return value.slice(1, -1) || null;
  const bytes = Uint8Array.from(value.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16));
  return new TextDecoder().decode(bytes) || null;
}
