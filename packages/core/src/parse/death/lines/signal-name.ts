/** Signals that a process dies of with a core dump, as x86, arm64, powerpc, s390 and riscv count them (signal(7)). */
const names = new Map<number, string>([
  [3, "SIGQUIT"],
  [4, "SIGILL"],
  [5, "SIGTRAP"],
  [6, "SIGABRT"],
  [7, "SIGBUS"],
  [8, "SIGFPE"],
  [9, "SIGKILL"],
  [11, "SIGSEGV"],
  [15, "SIGTERM"],
  [24, "SIGXCPU"],
  [25, "SIGXFSZ"],
  [31, "SIGSYS"],
]);

/** `SIGSEGV`, or `signal 33` where the number has no name here. */
export function signalName(signal: number): string {
  return names.get(signal) ?? `signal ${signal}`;
}
