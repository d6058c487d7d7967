/**
 * Shell function of the probe: writes one line into the kernel's log, with the host's time just before, and looks at the
 * uptime before and after. The line is read back with the log. Its word is another than the sentinels': any user of the
 * host may read it while the probe still answers.
 *
 * One write is one record (devkmsg_write, kernel/printk/printk.c); level 7 keeps it off consoles. It is refused with EPERM
 * where printk.devkmsg=off.
 */
export const markLog: string = String.raw`mark_log() {
  opened mark "$1"
  IFS= read -r line <"$root/proc/uptime" && printf 'began %s\n' "$line"
  line=$(date '+%s.%N')
  printf 'word %s\ndate %s\n' "$word" "$line"
  if [ "$1" = kmsg ]; then
    { printf '<7>inquest mark %s %s\n' "$word" "$line" >>"$root/dev/kmsg"; }
  else
    printf '<7>inquest mark %s %s\n' "$word" "$line" | $tmo sudo -n tee -a "$root/dev/kmsg" >/dev/null
  fi
  rc=$?
  IFS= read -r line <"$root/proc/uptime" && printf 'uptime %s\n' "$line"
  closed mark "$1" "$rc"
  return "$rc"
}
mark() {
  [ "$sudo" != always ] && [ -w "$root/dev/kmsg" ] && mark_log kmsg && return
  test_timeout
  if [ "$sudo" != never ] && command -v sudo >/dev/null 2>&1; then
    mark_log sudo-kmsg
  else
    opened mark kmsg
    echo '/dev/kmsg may not be written' >&2
    closed mark kmsg 1
  fi
}
`;
