/** A row of a task table, whatever stands before it: `[ 4711]  1000  4711  2035891  1733404     3432        0  0 java`. */
export const taskRow: RegExp = /\[ {0,8}\d{1,10}\](?:[ \t]{1,8}-?\d{1,20}){2}[ \t]{1,12}\d{1,20}[ \t]/u;

/** A line that only a dump of memory holds: Mem-Info, zones, buddy lists, swap, a memory cgroup, rows. */
export const dumpLine: RegExp = new RegExp(
  `${taskRow.source}|\\b\\d{1,12}\\*\\d{1,3}kB|\\bfree:\\d|\\bmin:\\d{1,15}kB|pages (?:RAM|reserved|in swap cache|HighMem)|pagecache pages|(?:Free|Total) swap|lowmem_reserve|hugepages_|active_anon|active_file|slab_|pagetables:|memory: usage|Memory cgroup stats|Mem-[Ii]nfo|cpuset=|Call Trace|Hardware name| [Cc]omm: `,
  "u",
);
