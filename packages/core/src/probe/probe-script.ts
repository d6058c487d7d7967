import { furtherSources } from "./further-sources.ts";
import { markLog } from "./mark-log.ts";
import { readClock } from "./read-clock.ts";
import { readSchedules } from "./read-schedules.ts";
import { sinceCursor } from "./since-cursor.ts";

/**
 * The one text that runs on every host: POSIX sh that only reads, but for the line of --mark. Its arguments are the file root (empty on real
 * hosts), the nonce, `auto|always|never` for sudo, the wanted sections, comma-separated, or `all`, further sources of
 * kernel lines (`files`, `journal`), how many bytes of each may be sent, and the boot id, sequence number and stamp
 * (microseconds) up to which the kernel log is known, empty where it is not, and the word of the line to be written into
 * the log, empty where none is.
 *
 * Written for dash, busybox ash and the bash 3.2 of RHEL 5: no local, no arrays, no $'…', no case inside $( ).
 * A process costs a host more than all the built-ins together, hence one grep for nine files, one date
 * that prints its zone along, and no cat. LC_ALL for the words of errors; never TZ, which would hide the zone.
 * No dollar-brace: this is a template literal.
 */
export const probeScript: string = String.raw`
PATH=$PATH:/usr/sbin:/sbin:/usr/bin:/bin LC_ALL=C
export PATH LC_ALL
set -f
root=$1 mark=@inquest:$2 sudo=$3 sections=$4 sources=$5 most=$6 boot=$7 seq=$8 stamp=$9
shift 9
word=$1
tmo= tested= ring= ended=
command -v timeout >/dev/null 2>&1 && tmo='timeout -k 5 20'

# Each write wakes sshd and is a packet: the end of a section goes out with the beginning of the next.
say() {
  printf '%s\n%s %s\n' "$ended" "$mark" "$*"
  printf '\n%s %s\n' "$mark" "$*" >&2
  ended=
}
opened() { say open "$1" "$2"; }
closed() {
  ended="
$mark close $1 $2 $3
"
}
wants() {
  case ,$sections, in
    ,all, | *,"$1",*) return 0 ;;
  esac
  return 1
}
# Runs a command: its stdout is ours, its stderr ends in err.
heard() { { err=$("$@" 2>&1 >&3 3>&-); } 3>&1; }
# coreutils before 8.5 and old busyboxes have a timeout without -k.
test_timeout() {
  [ -n "$tmo" ] && [ -z "$tested" ] || return 1
  tested=1
  $tmo true >/dev/null 2>&1 && return 1
  tmo=
}

${readClock}${markLog}${sinceCursor}read_kmsg() {
  tries=0
  while :; do
    opened kernel-log "$1"
    # One read a record (8 KiB at most), but few writes.
    heard_log 1 $2 dd if="$root/dev/kmsg" iflag=nonblock ibs=9000 obs=65536
    case $err in
      # EAGAIN: the end of the ring.
      *'temporarily unavailable'*) rc=0 ;;
    esac
    if forget_cursor; then
      closed kernel-log "$1" 3
      continue
    fi
    if [ "$rc" -eq 0 ]; then
      closed kernel-log "$1" 0
      return 0
    fi
    IFS= read -r line <<END
$err
END
    printf '%s\n' "$line" >&2
    closed kernel-log "$1" "$rc"
    tries=$((tries + 1))
    case $tries:$err in
      # EPIPE: the ring overran us, so start over.
      [12]:*'Broken pipe'*) ;;
      *) return 1 ;;
    esac
  done
}
read_dmesg() {
  raw=-r
  while :; do
    opened kernel-log "$1"
    heard_log '' $2 dmesg $raw
    [ -z "$err" ] || printf '%s\n' "$err" >&2
    if forget_cursor; then
      closed kernel-log "$1" 3
      continue
    fi
    closed kernel-log "$1" "$rc"
    case $raw:$rc:$err in
      -r:0:*) ;;
      -r:*'nvalid option'* | -r:*'nrecognized option'* | -r:*'nknown option'* | -r:*sage:*)
        raw=
        continue
        ;;
    esac
    return "$rc"
  done
}
# journalctl may succeed with nothing where it may not look: one stamped line proves that it may.
read_journal() {
  opened kernel-log journalctl
  line=$($tmo journalctl -k -b 0 -n 1 -o short-monotonic --no-pager)
  rc=$?
  case $rc:$line in
    0:*\[*)
      while :; do
        heard_log '' $tmo journalctl -k -b 0 -a -o short-monotonic --no-pager
        [ -z "$err" ] || printf '%s\n' "$err" >&2
        forget_cursor || break
        closed kernel-log journalctl 3
        opened kernel-log journalctl
      done
      ;;
    0:*)
      echo 'journalctl: shows no kernel lines' >&2
      rc=1
      ;;
  esac
  closed kernel-log journalctl "$rc"
}
kernel_log() {
  goes_on || boot=
  if [ "$sudo" != always ]; then
    [ -r "$root/dev/kmsg" ] && read_kmsg kmsg '' && return
    read_dmesg dmesg '' && return
  fi
  test_timeout
  if [ "$sudo" != never ]; then
    if command -v sudo >/dev/null 2>&1; then
      [ -e "$root/dev/kmsg" ] && read_kmsg sudo-kmsg "$tmo sudo -n" && return
      read_dmesg sudo-dmesg "$tmo sudo -n" && return
    else
      opened kernel-log sudo
      echo 'sudo: not found' >&2
      closed kernel-log sudo 127
    fi
  fi
  [ "$sudo" = always ] || read_journal
}

uptime_text() {
  opened uptime uptime
  uptime
  closed uptime uptime "$?"
}
# Dates nothing, so one grep may read it all; it names the file before each line.
proc() {
  opened proc grep
  (
    cd "$root/" && exec grep -E '^(btime |oom_kill |MemTotal:|MemAvailable:|SwapTotal:|SwapFree:|VmSize:|[0-9a-f-]+$|[0-9,-]+$|[0-9]+\.[0-9]|([0-9]+ ){6}[0-9]+$|[0-9]+ [0-9]+ [0-9:]+ [^ ]+ (/|/proc|/proc/uptime) )' \
      proc/stat proc/vmstat proc/meminfo proc/sys/kernel/random/boot_id proc/sys/kernel/osrelease \
      proc/self/statm proc/self/status proc/self/mountinfo sys/devices/system/cpu/online
  )
  closed proc grep "$?"
  if [ ! -r "$root/proc/sys/kernel/osrelease" ]; then
    opened uname uname
    uname -r
    closed uname uname "$?"
  fi
  if [ ! -r "$root/sys/devices/system/cpu/online" ] || [ ! -r "$root/proc/self/statm" ]; then
    opened getconf getconf
    printf 'cpus '
    getconf _NPROCESSORS_ONLN
    printf '\npage-size '
    getconf PAGESIZE
    closed getconf getconf "$?"
  fi
}
zone() {
  opened zone files
  line=
  if [ -r "$root/etc/timezone" ]; then
    IFS= read -r line <"$root/etc/timezone"
    printf 'timezone %s\n' "$line"
  fi
  # Where /etc/timezone names the very file that /etc/localtime points to, no readlink need start.
  if [ -h "$root/etc/localtime" ]; then
    if [ -n "$line" ] && [ "$root/etc/localtime" -ef "$root/usr/share/zoneinfo/$line" ]; then
      printf 'localtime /usr/share/zoneinfo/%s\n' "$line"
    else
      line=$(readlink "$root/etc/localtime") && printf 'localtime %s\n' "$line"
    fi
  fi
  if [ -r "$root/etc/sysconfig/clock" ]; then
    while IFS= read -r line; do
      case $line in
        ZONE=*) printf 'sysconfig %s\n' "$line" ;;
      esac
    done <"$root/etc/sysconfig/clock"
  fi
  closed zone files 0
}

try_ps() {
  via=$1
  shift
  opened ps "$via"
  $tmo ps "$@"
  rc=$?
  closed ps "$via" "$rc"
  # 124, 137: timed out; 127: not there. Another form of it would not do better.
  case $rc in
    0 | 124 | 127 | 137) return 0 ;;
  esac
  return 1
}
processes() {
  try_ps ps axww -o pid,ppid,uid,user:32,rss,vsz,lstart,comm:15,args && return
  if test_timeout; then
    try_ps ps axww -o pid,ppid,uid,user:32,rss,vsz,lstart,comm:15,args && return
  fi
  try_ps old-ps axww -o pid,ppid,uid,user,rss,vsz,lstart,comm,args && return
  try_ps busybox-ps -o pid,ppid,user,rss,vsz,etime,comm,args && return
  try_ps busybox-ps -o pid,ppid,user,rss,vsz,comm,args && return
  try_ps plain-ps
}

${readSchedules}${furtherSources}draws_on() {
  case ,$sources, in
    *,"$1",*) return 0 ;;
  esac
  return 1
}

main() {
  wants clock && clock
  [ -z "$word" ] || mark
  wants kernel-log && kernel_log
  if [ -n "$ring" ]; then
    opened ring awk
    printf '%s' "$ring"
    closed ring awk 0
  fi
  wants clock && clock_after
  wants uptime && uptime_text
  wants proc && proc
  wants zone && zone
  wants ps && processes
  wants schedules && schedules
  draws_on files && log_files
  draws_on journal && journal
  say end
}
main </dev/null
exit 0
`;
