import type { HostTarget, KeepAnswer } from "@inquest/core";
import { openHostFiles } from "../host-files.ts";

/**
 * Keeps what the probe wrote on each host, byte for byte, in one file a host that its owner alone may read: command
 * lines of ps are in it as they are. A whole answer takes the place of all that was there; a host that says nothing, or
 * not all, leaves an earlier whole one alone.
 */
export async function openRawFolder(directory: string, targets: readonly HostTarget[]): Promise<KeepAnswer> {
  const files = await openHostFiles(directory, targets, {
    flag: "--save-raw",
    mode: 0o600,
    nameHint: "leave it out with -x, or leave --save-raw out",
  });
  return async ({ host }, stdout, isWhole) => {
    if (stdout.length === 0) return;
    await files.save(host, stdout, isWhole);
    if (isWhole) await files.remove(host, false);
  };
}
