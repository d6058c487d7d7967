import type { PlotOptions } from "@observablehq/plot";
import { ownMarkup } from "./html.ts";
import type { Html } from "./html.ts";

/** Draws on the server side: an SVG without script, whose labels Plot has escaped; they have passed `sanitize` before. */
export type DrawPlot = (options: PlotOptions) => Html;

/** Loads Plot and a document to draw in: a good 5 MB of modules, and only a report pays for them. */
export async function openPlot(): Promise<{
  readonly plot: typeof import("@observablehq/plot");
  readonly draw: DrawPlot;
}> {
  const [plot, { parseHTML }] = await Promise.all([import("@observablehq/plot"), import("linkedom")]);
  const { document } = parseHTML("<!doctype html><html><body></body></html>");
  return { plot, draw: (options) => ownMarkup(plot.plot({ ...options, document }).outerHTML) };
}
