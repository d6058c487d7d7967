import { readFileSync } from "node:fs";

/** Version of the installed package. Its package.json is one folder up from the sources and from the bundle. */
export function version(): string {
  const manifest: unknown = JSON.parse(readFileSync(new URL("../package.json", import.meta.url), "utf8"));
  if (typeof manifest === "object" && manifest !== null && "version" in manifest)
    return String(manifest.version);
  throw new Error("package.json tells no version");
}
