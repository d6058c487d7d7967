#!/usr/bin/env node
// better-sqlite3 13 crashes the process on Node 20, so the version is checked before anything is loaded.
const version = process.versions.node.split(".").map(Number);
const major = version[0] || 0;
if (major < 22 || (major === 22 && (version[1] || 0) < 15)) {
  process.stderr.write("inquest needs Node 22.15 or newer; this is Node " + process.versions.node + ".\n");
  process.exitCode = 2;
} else {
  // Half of these threads may look up names: with the usual four, two names that hang would hold up all others. libuv
  // reads it once, at the first use of a thread, and ends the process where it may not have so many.
  process.env["UV_THREADPOOL_SIZE"] ??= "64";
  // A fleet's answers are short-lived: a young generation that grows with them only holds memory (80 MB at 64 hosts).
  void import("node:v8")
    .then(({ setFlagsFromString }) => setFlagsFromString("--semi-space-growth-factor=1"))
    .then(() => import("./main.ts"))
    .then(({ main }) => main());
}
export {};
