import type { Task } from "@inquest/core";

/** A row of a kernel's task table, but for what the test says of it. */
export function taskOf(changes: Partial<Task>): Task {
  return {
    pid: 1000,
    uid: 7,
    tgid: null,
    totalVmPages: null,
    rssPages: 1000,
    rssAnonPages: null,
    rssFilePages: null,
    rssShmemPages: null,
    pgtablesBytes: null,
    nrPtes: null,
    nrPmds: null,
    swapentsPages: null,
    cpu: null,
    oomAdj: null,
    oomScoreAdj: null,
    name: "java",
    ...changes,
  };
}
