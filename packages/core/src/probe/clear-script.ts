/**
 * What `collect --clear` runs on a host whose lines are stored: POSIX sh that clears the kernel log (SYSLOG_ACTION_CLEAR,
 * syslog(2)). Its arguments are a file root, which it has no use for and takes so that it is called as the probe is,
 * `auto|always|never` for sudo, and the stamp of the newest line that was read, or `any`.
 *
 * /dev/kmsg and the journal show what was cleared all the same, dmesg does not. Where only dmesg could be read, lines
 * that came since the reading would be lost: the log is then cleared only while its newest line is the one that was read.
 */
export const clearScript: string = String.raw`
PATH=$PATH:/usr/sbin:/sbin:/usr/bin:/bin LC_ALL=C
export PATH LC_ALL
sudo=$2 stamp=$3
is_read() {
  [ "$stamp" = any ] && return 0
  line=$({ "$@" dmesg -r || "$@" dmesg; } 2>/dev/null | tail -n 1)
  case $line in
    *[[\ ]"$stamp]"*) return 0 ;;
    ?*)
      echo 'lines have come since it was read' >&2
      exit 1
      ;;
  esac
  echo 'its newest line cannot be seen' >&2
  return 1
}
clear_log() { is_read "$@" && "$@" dmesg -C; }
main() {
  [ "$sudo" != always ] && clear_log && exit 0
  [ "$sudo" = never ] && exit 1
  command -v sudo >/dev/null 2>&1 || exit 1
  clear_log sudo -n
}
main </dev/null
`;
