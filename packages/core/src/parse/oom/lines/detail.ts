/** A line of a report's dump that is evidence only: nothing is read from it. */
export interface DetailLine {
  readonly kind: "detail";
}

const detail = { kind: "detail" } as const;

/** How the lines of a dump begin: stack, Mem-Info, slab and cgroup statistics. */
const beginnings = [
  // rsync cpuset=/ mems_allowed=0-1                                   cpuset_print_current_mems_allowed(), until 4.20
  String.raw`.{1,64} cpuset=.{1,255} mems_allowed=`,
  // Hardware name: …, Call Trace:, RIP: 0033:0x7f…, Code: …           dump_stack(), show_regs()
  String.raw`Hardware name: |Workqueue: |Call Trace:|RIP: |RSP: |[CR][A-Z0-9]{2}: |Code: |Tainted: |\s{0,4}<\/?[A-Z]{3,8}>`,
  //  [<ffffffff8110e3a1>] ? dump_header+0x91/0x1b0, and since 4.10 without the address
  String.raw`\s{0,8}(?:\[<[0-9a-f]{8,16}>\] )?(?:\? )?[\w.]{1,100}\+0x[0-9a-f]{1,6}\/0x[0-9a-f]{1,6}`,
  // Node 0 DMA per-cpu:, CPU    0: hi:    0, btch:   1 usd:   0, lowmem_reserve[]: 0 0 0 0
  String.raw`Node \d{1,5} |[A-Z][A-Za-z0-9]{2,7} per-cpu:|CPU {1,8}\d{1,5}: |lowmem_reserve\[\]:`,
  // active_anon:31204411 inactive_anon:122310 isolated_anon:64, each on its record where a console cut the printk
  String.raw`\s{0,80}[Aa]ctive(?:_anon|_file)?:|\s{0,80}(?:inactive_file|unevictable|slab_reclaimable|mapped|sec_pagetables|kernel_misc_reclaimable|free):\d`,
  // 22811 total pagecache pages, 487905 pages reserved, Swap cache stats: add 991201, …
  String.raw`\d{1,15} (?:total pagecache pages|pages |reserved pages)|Free pages:|Swap cache|(?:Free|Total) swap`,
  // Memory cgroup stats for /a: cache:12KB …; then anon 31307640832 a line; since 6.19 the protections
  String.raw`Memory cgroup (?:stats|min)|\s{0,40}[a-z][a-z_0-9]{2,30} \d{1,20}$`,
  // Unreclaimable slab info:, its rows, Memory allocations: and its rows, Tasks state (memory values in pages):
  String.raw`Unreclaimable slab|Name {8,}Used|\S{1,40} {1,30}\d{1,12}KB {1,12}\d{1,12}KB|(?:No m|M)emory alloc|Tasks state`,
  String.raw`\s{0,12}[\d.]{1,12}(?: [KMGT]iB| ?[kMGT])? {1,12}\d{1,10} \S{1,80} `,
];
const pattern = new RegExp(`^(?:${beginnings.join("|")})`, "u");

/** Whether a record, found where a dump is going on, is part of it: dump_header(), mm/oom_kill.c, and all it calls. */
export function parseDetail(text: string): DetailLine | null {
  return pattern.test(text) ? detail : null;
}
