import { execFile } from "node:child_process";
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { promisify } from "node:util";
import { expect, test } from "vitest";
import { ask } from "../cli/support/ask.ts";
import { openCaseHistory } from "../cli/support/case-history.ts";

const run = promisify(execFile);
const soffice = (process.env["PATH"] ?? "")
  .split(":")
  .map((folder) => join(folder, "soffice"))
  .find((path) => existsSync(path));

/** Token 1 the separator, 2 the quote, 3 the character set (76 UTF-8, 65535 UTF-16), as LibreOffice's CSV filter counts. */
const sheets = [
  ["commas", "44,34,76,1"],
  ["semicolons", "59,34,76,1"],
  ["TABs in UTF-16", "9,34,65535,1"],
] as const;

// Skipped where LibreOffice is not installed: apt-get install libreoffice-calc.
test.skipIf(soffice === undefined).each(sheets)(
  "a review goes through LibreOffice and back with %s, ids and hostile words intact",
  async (_what, filter) => {
    await using history = await openCaseHistory();
    const convert = async (file: string, to: string, from: readonly string[] = []): Promise<void> => {
      await run(
        soffice ?? "",
        [
          "--headless",
          `-env:UserInstallation=${pathToFileURL(join(history.folder, "profile")).href}`,
          ...from,
          "--convert-to",
          to,
          "--outdir",
          join(history.folder, "out"),
          join(history.folder, file),
        ],
        { timeout: 120_000 },
      );
    };
    mkdirSync(join(history.folder, "out"));
    await ask(history, ["annotate", "k-aaaa", "--status", "open", "--owner", "=mia", "--ticket", "OPS-7"]);
    await ask(history, ["annotate", "k-dddd", "--note", "two\nlines; a 'quote', \"another\""]);
    await ask(history, ["export", "csv", "incidents", "-O", "review.csv"]);
    await convert("review.csv", "fods", ["--infilter=CSV:44,34,76,1"]);
    const sheet = join(history.folder, "out", "review.fods");
    const text = readFileSync(sheet, "utf8");
    expect(text).toContain("<text:p>open</text:p>");

    await convert("out/review.fods", `csv:Text - txt - csv (StarCalc):${filter}`);
    expect(await ask(history, ["annotate", "--from", "out/review.csv"])).toEqual({
      code: 0,
      out: "",
      err: "0 of 4 incidents changed\n",
    });

    writeFileSync(sheet, text.replace("<text:p>open</text:p>", "<text:p>done — 完了</text:p>"));
    await convert("out/review.fods", `csv:Text - txt - csv (StarCalc):${filter}`);
    expect(await ask(history, ["annotate", "--from", "out/review.csv"])).toMatchObject({
      code: 0,
      out: 'k-aaaaaaaaaaaa web01 view\n  status: "open" becomes "done — 完了"\n',
    });
    const again = await ask(history, ["export", "csv", "incidents", "-w", "web01"]);
    expect(again.out).toContain(",2,done — 完了,'=mia,,OPS-7,");
  },
  300_000,
);
