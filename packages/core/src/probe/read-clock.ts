/**
 * Shell functions of the probe: the host's clocks, before its log is read and after. They use `opened` and `closed`.
 */
export const readClock: string = String.raw`# cpu_clk is the clock that stamps the log (sched_debug_header, kernel/sched/debug.c, since 2.6.38): read between the
# date and one more look at the uptime. Its file moved to debugfs in 5.13.
cpu_clock() {
  for file in proc/sched_debug sys/kernel/debug/sched/debug; do
    [ -r "$root/$file" ] || continue
    left=12
    while [ "$left" -gt 0 ] && IFS= read -r line; do
      left=$((left - 1))
      case $line in
        cpu_clk*)
          printf '%s\n' "$line"
          IFS= read -r line <"$root/proc/uptime" && printf 'ended %s\n' "$line"
          return
          ;;
      esac
    done 2>/dev/null <"$root/$file"
  done
}
clock() {
  opened clock date
  # The date is read between two looks at the uptime: what that grows by dates all that is read after.
  began=
  [ -r "$root/proc/uptime" ] && IFS= read -r line <"$root/proc/uptime" && began="began $line
"
  # The subshell is the just-started process whose start time counts from the kernel's boot.
  (
    IFS= read -r line <"$root/proc/self/stat" && began="$began""self-stat $line
"
    printf '%sdate ' "$began"
    exec date '+%s.%N %z'
  )
  rc=$?
  IFS= read -r line <"$root/proc/uptime" && printf 'uptime %s\n' "$line"
  cpu_clock
  closed clock date "$rc"
}
# What the uptime has grown by since clock saves a second date.
clock_after() {
  opened clock-after uptime
  if IFS= read -r line <"$root/proc/uptime"; then
    printf 'uptime %s\n' "$line"
    closed clock-after uptime 0
  else
    closed clock-after uptime 1
    opened clock-after date
    printf 'date '
    date '+%s.%N %z'
    closed clock-after date "$?"
  fi
}
`;
