import { hostZoneOf, utcOffsetOf } from "../clock/local-time.ts";
import type { KernelRecord } from "../model/kernel-record.ts";
import type { KiB, Seconds } from "../model/units.ts";
import type { WallTime } from "../model/wall-time.ts";
import type { RecordKeyOf } from "./record-keys.ts";
import { textHash } from "./record-keys.ts";

/** The host, the boot and the calendar that the deaths of a log are placed on. */
export interface Scene {
  readonly host: string;
  readonly groups: readonly string[];
  /** KnownBoot.boot; null where the log does not tell which boot it is of. */
  readonly boot: string | null;
  readonly bootId: string | null;
  readonly kernel: string | null;
  readonly pageSizeKiB: KiB | null;
  readonly zone: string | null;
  readonly utcOffsetS: Seconds | null;
  readonly timeOf: (record: KernelRecord | null) => WallTime;
  readonly keyOf: RecordKeyOf;
  /** Login names by uid, from the ps of the same visit. */
  readonly users: ReadonlyMap<number, string>;
  /** The carrier: `collect`, `import`, `journal`, `syslog`. */
  readonly source: string;
}

/**
 * The names by which a record is known again, most particular first. One with a stamp is named within its boot and,
 * for carriers that tell no boot, without: no two deaths of a host share a microsecond and all their words. One with
 * only a calendar time is named by it, which finds the same file again; across carriers its words have to do.
 */
export function keysIn(
  { boot, keyOf }: Pick<Scene, "boot" | "keyOf">,
  record: KernelRecord,
): readonly string[] {
  const key = keyOf(record);
  if (record.stampUs !== null) return [...(boot === null ? [] : [`${boot}/${key}`]), `*/${key}`];
  if (record.written !== null) return [`@${record.written.localMs}/${textHash(record.text)}`];
  return [`${boot ?? "log"}/${key}`];
}

/** Where on the calendar's map an instant is: the host's zone and offset, or what the carrier wrote beside the record. */
export function zoneIn(
  scene: Pick<Scene, "zone" | "utcOffsetS">,
  record: KernelRecord | null,
  { atMs }: WallTime,
): { readonly zone: string | null; readonly utcOffsetS: Seconds | null } {
  const zone = hostZoneOf(scene);
  const utcOffsetS = atMs === null || zone === null ? scene.utcOffsetS : utcOffsetOf(atMs, zone);
  const writtenS = record?.written?.offsetS ?? null;
  // Times in UTC say nothing of where the host is.
  if (writtenS === null || writtenS === 0 || writtenS === utcOffsetS) return { zone: scene.zone, utcOffsetS };
  return { zone: null, utcOffsetS: writtenS };
}
