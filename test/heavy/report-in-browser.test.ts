import { readFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { ask } from "../cli/support/ask.ts";
import { openCaseHistory } from "../cli/support/case-history.ts";
import { openHostileHistory } from "../cli/support/hostile-history.ts";
import type { OpenPage, PageLook } from "../support/chromium/open-page.ts";
import { openPage } from "../support/chromium/open-page.ts";
import type { Chromium } from "../support/chromium/start-chromium.ts";
import { findChromium, startChromium } from "../support/chromium/start-chromium.ts";

const browser = findChromium();
const looks: readonly PageLook[] = [
  { width: 1280, scheme: "light" },
  { width: 1280, scheme: "dark" },
  { width: 390, scheme: "light" },
  { width: 390, scheme: "dark" },
];

// Skipped, and shown as skipped, where there is no browser; .ci/run installs one where it may.
describe.skipIf(browser === null)("the report in a browser", () => {
  let chromium: Chromium;
  const histories: (AsyncDisposable & { readonly folder: string; readonly db: string })[] = [];
  const urls = { plain: "", hostile: "" };

  beforeAll(async () => {
    chromium = await startChromium(browser ?? "");
    for (const [kind, open] of [
      ["plain", openCaseHistory],
      ["hostile", openHostileHistory],
    ] as const) {
      const history = await open();
      histories.push(history);
      await ask(history, ["export", "html", "-O", "report.html"]);
      urls[kind] = pathToFileURL(join(history.folder, "report.html")).href;
    }
  });
  afterAll(async () => {
    await chromium.stop();
    for (const history of histories) await history[Symbol.asyncDispose]();
  });

  const onPage = async <T>(
    kind: keyof typeof urls,
    look: PageLook,
    work: (page: OpenPage) => Promise<T>,
  ): Promise<T> => {
    const page = await openPage(chromium.devTools, urls[kind], look);
    try {
      return await work(page);
    } finally {
      await page.close();
    }
  };

  describe.each(looks)("$width pixels wide, $scheme", (look) => {
    test.each(["plain", "hostile"] as const)("nothing of the %s page reaches over its edge", async (kind) => {
      const wider = await onPage(kind, look, async (page) => page.evaluate(widerThanPage));
      expect(wider).toEqual([]);
    });

    test("every text stands out from its ground (WCAG AA, 4.5 to 1)", async () => {
      const faint = await onPage("plain", look, async (page) => page.evaluate(faintTexts));
      expect(faint).toEqual([]);
    });

    test("hostile names run nothing and ask for nothing", async () => {
      const seen = await onPage("hostile", look, async (page) => ({
        owned: await page.evaluate("window.owned ?? null"),
        rows: await page.evaluate('document.querySelectorAll("#incidents tbody tr").length'),
        foreign: await page.evaluate('document.querySelectorAll("img, iframe, object, link, base").length'),
        scripts: await page.evaluate("document.scripts.length"),
        requests: page.requests,
        told: page.told,
      }));
      expect(seen).toEqual({ owned: null, rows: 9, foreign: 0, scripts: 1, requests: [], told: [] });
    });
  });

  test("is whole without a script", async () => {
    const look = { width: 1280, scheme: "light", scripts: false } as const;
    const { rows, sieves } = await onPage("plain", look, async (page) => ({
      rows: await page.evaluate('document.querySelectorAll("#incidents tbody tr").length'),
      sieves: await page.evaluate('document.querySelectorAll(".sieve").length'),
    }));
    expect({ rows, sieves }).toEqual({ rows: 4, sieves: 0 });
  });

  test("filters and sorts its table where a script may run", async () => {
    const seen = await onPage("plain", { width: 1280, scheme: "light" }, async (page) => ({
      matching: await page.evaluate(`${type("web02 java")}; ${hosts}`),
      told: await page.evaluate('document.querySelector(".sieve [role=status]").textContent'),
      bySize: await page.evaluate(
        `${type("")}; document.querySelectorAll("#incidents th button")[0].click(); ${hosts}`,
      ),
      sorted: await page.evaluate('document.querySelector("#incidents th").getAttribute("aria-sort")'),
    }));
    expect(seen).toEqual({
      matching: ["web02"],
      told: "1 of 4 match",
      bySize: ["web02", "web02", "web01", "web02"],
      sorted: "ascending",
    });
  });

  test("prints on A4", async () => {
    const path = join(histories[0]?.folder ?? "", "report.pdf");
    await onPage("plain", { width: 1280, scheme: "dark" }, async (page) => page.pdf(path));
    const pdf = readFileSync(path, "latin1");
    const [, width, height] = /\/MediaBox \[0 0 ([\d.]+) ([\d.]+)\]/.exec(pdf) ?? [];
    expect([Math.round(Number(width)), Math.round(Number(height))]).toEqual([595, 842]);
  });
});

const hosts =
  '[...document.querySelectorAll("#incidents tbody tr:not([hidden]) .host")].map((cell) => cell.textContent)';

function type(text: string): string {
  return `(() => { const input = document.querySelector(".sieve input"); input.value = ${JSON.stringify(text)}; input.dispatchEvent(new Event("input")); })()`;
}

/** The page itself, and each element that ends right of it. */
const widerThanPage = `[document.documentElement, ...document.body.querySelectorAll("*")]
  .filter((element) => element === document.documentElement
    ? element.scrollWidth > innerWidth
    : element.checkVisibility() && element.closest("thead, .defs") === null && element.getBoundingClientRect().right > innerWidth + 1)
  .map((element) => element.tagName + "." + element.getAttribute("class") + " " + element.textContent.slice(0, 60))`;

/** Texts of less than 4.5 to 1 against the nearest opaque ground behind them (WCAG 2.2, 1.4.3); in charts by their colours. */
const faintTexts = `(() => {
  const canvas = new OffscreenCanvas(1, 1).getContext("2d", { willReadFrequently: true });
  const rgb = (color) => { canvas.clearRect(0, 0, 1, 1); canvas.fillStyle = color; canvas.fillRect(0, 0, 1, 1); return [...canvas.getImageData(0, 0, 1, 1).data]; };
  const light = (color) => rgb(color).slice(0, 3).map((part) => part / 255)
    .map((part) => (part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4))
    .reduce((sum, part, at) => sum + part * [0.2126, 0.7152, 0.0722][at], 0);
  const ratio = (a, b) => { const [x, y] = [light(a), light(b)].sort((p, q) => q - p); return (x + 0.05) / (y + 0.05); };
  const groundOf = (element) => {
    for (let at = element; at; at = at.parentElement) { const ground = getComputedStyle(at).backgroundColor; if (rgb(ground)[3] === 255) return ground; }
    return getComputedStyle(document.body).backgroundColor;
  };
  const faint = [];
  for (const element of document.body.querySelectorAll("*")) {
    if (!element.checkVisibility() || ![...element.childNodes].some((node) => node.nodeType === 3 && node.data.trim())) continue;
    if (element.closest("script, title")) continue;
    const style = getComputedStyle(element);
    const isMark = element.closest("[aria-label=text]") !== null;
    if (isMark) continue;
    const color = element.closest("svg") ? style.fill : style.color;
    if (ratio(color, groundOf(element)) < 4.5) faint.push(element.tagName + " " + element.textContent.slice(0, 40) + " " + color);
  }
  const root = getComputedStyle(document.documentElement);
  for (const step of [1, 2, 3, 4])
    if (ratio(root.getPropertyValue("--on-" + step), root.getPropertyValue("--heat-" + step)) < 4.5) faint.push("step " + step);
  return faint;
})()`;
