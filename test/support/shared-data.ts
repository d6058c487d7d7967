import { existsSync, readFileSync, readdirSync } from "node:fs";
import { join, relative } from "node:path";

/** Real logs that others published live outside the repository; not everybody has them. */
const folder = join(process.env["INQUEST_SHARED"] ?? join(import.meta.dirname, "../../../shared"), "data");

/** False where there is no shared data: tests that need it are then reported as skipped. */
export const hasSharedData: boolean = existsSync(folder);

/** The text of a file of the shared data, `story/dmesg-20150419.log`. */
export function readShared(path: string): string {
  return readFileSync(join(folder, path), "utf8");
}

/** The lines of such a file that are not blank; none where there is no shared data, for the rows of a table test. */
export function sharedLines(path: string): readonly string[] {
  return hasSharedData
    ? readShared(path)
        .split("\n")
        .filter((line) => line.trim() !== "")
    : [];
}

/** Every file below a folder of the shared data, `logs`; none where there is no shared data. */
export function sharedFiles(path: string): readonly string[] {
  return hasSharedData
    ? readdirSync(join(folder, path), { recursive: true, withFileTypes: true })
        .filter((entry) => entry.isFile())
        .map((entry) => relative(folder, join(entry.parentPath, entry.name)))
        .toSorted()
    : [];
}
