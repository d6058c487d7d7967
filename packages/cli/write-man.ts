import { mkdirSync, writeFileSync } from "node:fs";
import { commandTable } from "./src/command-table.ts";
import { globalOptions } from "./src/options/global.ts";
import { formatManPage } from "./src/man-page.ts";
import { version } from "./src/version.ts";

// Part of the bundle: the manual that npm installs comes from the same tables as --help.
const entries = await Promise.all(commandTable.map(async (row) => ({ row, command: await row.load() })));
mkdirSync(new URL("man/", import.meta.url), { recursive: true });
writeFileSync(new URL("man/inquest.1", import.meta.url), formatManPage(entries, globalOptions, version()));
