/**
 * Shell functions of the probe: kernel lines that lie on a host besides its ring buffer, sent only where `--sources`
 * asks for them. They use `opened`, `closed`, `heard` and the variables of the probe.
 */
export const furtherSources: string = String.raw`# Lines of the kernel and of what kills in its place, as syslog writes them.
deadly() {
  sed -e '/ kernel: /b' -e '/ earlyoom\[/b' -e '/ systemd-oomd\[/b' -e '/ lmkd/b' \
    -e '/ systemd\[[0-9]*\]: .*OOM killer/b' -e '/ systemd\[[0-9]*\]: .*oom/b' -e '/ systemd\[[0-9]*\]: .*code=dumped/b' \
    -e '/ systemd\[[0-9]*\]: .*code=killed/b' -e '/ systemd-coredump\[/b' -e d
}
unpacked() {
  case $1 in
    *.gz) gzip -dc ;;
    *.xz) xz -dc ;;
    *.zst) zstd -dcq ;;
    *.bz2) bzip2 -dc ;;
    *) cat ;;
  esac
}
# The files that syslog fills, rotated ones too, oldest first. The first of the three names that is there has it all.
log_files() {
  opened log-files files
  rc=1
  for name in kern.log messages syslog; do
    set +f
    set -- "$root/var/log/$name" "$root/var/log/$name".* "$root/var/log/$name"-*
    set -f
    [ -e "$1" ] || continue
    rc=0 as=
    for file in "$@"; do
      [ ! -f "$file" ] || [ -r "$file" ] || rc=1
    done
    if [ "$rc" -ne 0 ] && [ "$sudo" != never ] && $tmo sudo -n true; then
      rc=0 as="$tmo sudo -n"
    fi
    ls -tr "$@" 2>/dev/null | {
      while IFS= read -r file; do
        [ ! -f "$file" ] || $as cat "$file" | unpacked "$file"
      done
    } | deadly | tail -c "$most"
    break
  done
  [ -e "$1" ] || echo 'no kern.log, messages or syslog in /var/log' >&2
  closed log-files files "$rc"
}
# Kernel lines of every boot that the journal still has; older journalctls cannot leave fields out.
journal() {
  opened journal journalctl
  as=
  [ "$sudo" != always ] || as='sudo -n'
  set -- -q --no-pager -o json -n $((most / 400)) _TRANSPORT=kernel + SYSLOG_IDENTIFIER=earlyoom + SYSLOG_IDENTIFIER=systemd-oomd
  heard $as $tmo journalctl --output-fields=MESSAGE,PRIORITY,SYSLOG_IDENTIFIER,SYSLOG_FACILITY,_TRANSPORT,_SOURCE_MONOTONIC_TIMESTAMP,_BOOT_ID,_HOSTNAME "$@"
  rc=$?
  case $err in
    *'nrecognized option'* | *'nknown option'*)
      $as $tmo journalctl "$@"
      rc=$?
      ;;
    ?*) printf '%s\n' "$err" >&2 ;;
  esac
  closed journal journalctl "$rc"
}
`;
