import type { TraceLine } from "../death-line.ts";

// RIP: 0010:d_walk+0x840/0xc80
// RIP: 0010:[<ffffffffa0577200>]  [<ffffffffa0577200>] pool_io_hints+0xf0/0x1a0 [dm_thin_pool]
// IP: [<ffffffff810a2c38>] pick_next_task_fair+0x6b8/0x820
// EIP is at reader_open+0x12/0x40 [reader]     PC is at reader_open+0x12/0x40     pc : reader_open+0x12/0x40
// NIP [c000000000012345] .reader_open+0x12/0x40
const place =
  /^(?:RIP|EIP|IP|NIP|PC|pc|epc)(?: is at|:| :)? {1,3}(?:[0-9a-f]{4}:)?(?: {0,3}\[<?[0-9a-f]{8,16}>?\]){0,2} {0,3}(\.?[A-Za-z_][\w.]{0,120}\+0x[0-9a-f]{1,8}\/0x[0-9a-f]{1,8}(?: \[[\w-]{1,60}\])?)/u;

/** show_regs() of each architecture; oops_exit() (kernel/panic.c) ends a trace; "Code:" is show_opcodes(). */
export function parseTrace(text: string): TraceLine | null {
  // ---[ end trace fcce781faebae9ce ]---
  if (text.startsWith("---[ end trace")) return { form: "trace-end" };
  if (text.startsWith("Code: ")) return { form: "code" };
  const symbol = place.exec(text)?.[1];
  return symbol === undefined ? null : { form: "place", symbol };
}
