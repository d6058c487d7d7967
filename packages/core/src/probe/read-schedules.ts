/**
 * Shell functions of the probe: what starts by the clock. Files are read as they are, comments left out, each line with
 * its path and number before it; one awk reads them all. A line of more than 4 KiB, a file behind its first 64 KiB and
 * all behind 256 KiB are left out and told. They use `opened`, `closed`, `heard` and the variables of the probe.
 */
export const readSchedules: string = String.raw`# One line a line of a crontab, ./etc/cron.d/backup:3:20 2 * * * root ...; then the timers of systemd.
list_crontabs() {
  exec awk '
    FNR == 1 { name = FILENAME; size = 0; if (name == "-") name = "crontab -l" }
    /^[ \t]*(#|$)/ { next }
    {
      bytes = length($0) + length(name) + 8
      if (bytes > 4096 || size + bytes > 65536 || all + bytes > 262144) {
        if (!(name in cut)) print "cut " name
        cut[name] = 1
        next
      }
      size += bytes
      all += bytes
      print name ":" FNR ":" $0
    }' "$@" -
}
schedules() {
  opened schedules files
  (
    cd "$root/" || exit 1
    spool=./var/spool/cron
    for file in "$spool/crontabs" "$spool/tabs"; do
      [ ! -d "$file" ] || spool=$file
    done
    set +f
    set -- ./etc/cron.hourly/* ./etc/cron.daily/* ./etc/cron.weekly/* ./etc/cron.monthly/*
    for file in "$@"; do
      case $file in
        *[!A-Za-z0-9_./+@~,-]*) continue ;;
      esac
      [ -f "$file" ] && [ -x "$file" ] && printf 'run %s\n' "$file"
    done
    set -- ./etc/crontab ./etc/anacrontab ./etc/cron.d/* "$spool"/*
    set -f
    for file in "$@"; do
      shift
      [ -f "$file" ] && [ -r "$file" ] && set -- "$@" "$file"
    done
    # A login that may not read the crontabs of all is asked for its own.
    if [ -d "$spool" ] && [ ! -r "$spool" ] && command -v crontab >/dev/null 2>&1; then
      $tmo crontab -l 2>/dev/null | list_crontabs "$@"
    else
      list_crontabs "$@"
    fi
  )
  rc=$?
  # Whether systemd runs here at all: sd_booted(3).
  if [ -d "$root/run/systemd/system" ] && command -v systemctl >/dev/null 2>&1; then
    printf '\ntimers\n'
    heard $tmo systemctl show --no-pager -p Id -p Unit -p TimersCalendar -p NextElapseUSecRealtime -p LastTriggerUSec '*.timer' ||
      heard $tmo systemctl list-timers --all --no-pager || {
      rc=1
      printf '%s\n' "$err" >&2
    }
  fi
  closed schedules files "$rc"
}
`;
