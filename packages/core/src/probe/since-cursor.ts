/**
 * Shell functions of the probe: what came into a log since the last reading, with an overlap. They use `boot`, `seq`
 * and `stamp`, the cursor. The awk is that of 1989: mawk, busybox and the gawk of RHEL 5 read it alike; microseconds
 * of a year fit a double.
 *
 * The overlap reaches 60 s before the cursor, so that a report that was being printed at the last reading is whole in
 * this one, and over 32 lines at least, so that the newest records of the last reading are in it. It begins where a
 * stamp begins: equal lines under one stamp are told apart by their order.
 *
 * /dev/kmsg always gives the ring from its first record, and dmesg knows no start: all is read and what is known is
 * left out. Exit status 3 says that the cursor was not met although lines were left out: then all of it has to travel.
 */
export const sinceCursor: string = String.raw`# Whether the boot going on is that of the cursor.
goes_on() {
  [ -n "$boot" ] && command -v awk >/dev/null 2>&1 || return 1
  line=
  { IFS= read -r line <"$root/proc/sys/kernel/random/boot_id"; } 2>/dev/null
  [ "$line" = "$boot" ]
}
# Runs a command and passes on what came since the cursor; says on stderr how the command ended.
sieved() {
  kmsg=$1
  shift
  { "$@"; printf 'status %s\n' "$?" >&2; } | awk -v kmsg="$kmsg" -v seq="$seq" -v at="$stamp" '
    BEGIN { at += 0; from = at - 60000000; least = 32 }
    {
      s = -1
      if (kmsg) {
        if ($0 ~ /^[0-9]+,[0-9]+,[0-9]+,/) { split($0, f, ","); n = f[2] + 0; s = f[3] + 0 }
      } else if (match($0, /^(<[0-9]+>)?\[ *[0-9]+\.[0-9][0-9][0-9][0-9][0-9][0-9]\]/)) {
        t = substr($0, 1, RLENGTH - 1); sub(/^.*\[ */, "", t); sub(/\./, "", t); s = t + 0
      }
      bytes += length($0) + 1
      if (NR == 1 || (told < 8 && $0 ~ /Refined TSC|log_buf_len: |setting system clock/)) line[++told] = $0
      if (s == at && (!kmsg || seq == "" || n == seq + 0)) met = 1
      if (on) { print; next }
      if (s < from) { kept[NR % least] = $0; stamps[NR % least] = s; next }
      on = 1
      i = NR > least ? NR - least : 1
      if (i == 1) all = 1
      else for (first = stamps[i % least]; i < NR; i++) if (stamps[i % least] >= 0 && stamps[i % least] != first) break
      for (; i < NR; i++) print kept[i % least]
      print
    }
    END {
      print "ring bytes " (bytes + 0) > "/dev/stderr"
      for (i = 1; i <= told; i++) print "ring line " line[i] > "/dev/stderr"
      exit (met || all) ? 0 : 3
    }'
}
# Sorts what was heard of it: how the command ended, what it said, what is told of the ring.
sort_out() {
  met=$1 rc='status 1' ring=
  IFS='
'
  set -- $err
  IFS=' 	
'
  err=
  for line in "$@"; do
    case $line in
      'status '*) rc=$line ;;
      'ring '*)
        ring="$ring$line
"
        ;;
      ?*)
        [ -z "$err" ] || err="$err
"
        err=$err$line
        ;;
    esac
  done
  set -- $rc
  rc=$2
}
# Runs a command that prints a log, sieved where the cursor is of this boot.
heard_log() {
  kmsg=$1
  shift
  if [ -n "$boot" ]; then
    heard sieved "$kmsg" "$@"
    sort_out "$?"
  else
    heard "$@"
    rc=$? met=0 ring=
  fi
}
# Where the cursor was not met, or awk did not do, everything travels, once more from its start.
forget_cursor() {
  case $met:$rc in
    0:* | 3:[1-9]*) return 1 ;;
  esac
  boot= ring=
}
`;
