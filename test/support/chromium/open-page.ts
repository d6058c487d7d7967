import { writeFile } from "node:fs/promises";
import type { DevTools } from "./open-dev-tools.ts";

/** How a page is looked at. */
export interface PageLook {
  readonly width: number;
  readonly scheme: "light" | "dark";
  /** False: as a reader without JavaScript sees it. */
  readonly scripts?: boolean;
}

/** A page that has been loaded. */
export interface OpenPage {
  /** Addresses that the page asked for, its own file left out. */
  readonly requests: readonly string[];
  /** Dialogs that it opened, and lines that it logged: errors and refusals by its policy. */
  readonly told: readonly string[];
  evaluate(expression: string): Promise<unknown>;
  screenshot(path: string): Promise<void>;
  pdf(path: string): Promise<void>;
  close(): Promise<void>;
}

/** Opens an address at a width, 1 pixel a CSS pixel. */
export async function openPage(devTools: DevTools, url: string, look: PageLook): Promise<OpenPage> {
  const { targetId } = await devTools.send("Target.createTarget", { url: "about:blank" });
  const attached = await devTools.send("Target.attachToTarget", { targetId, flatten: true });
  const session = String(attached["sessionId"]);
  const send: DevTools["send"] = async (method, params = {}) => devTools.send(method, params, session);
  const requests: string[] = [];
  const told: string[] = [];
  let loaded = (): void => {};
  const done = new Promise<void>((resolve) => (loaded = resolve));
  devTools.on(session, (method, params) => {
    if (method === "Network.requestWillBeSent") {
      const { url: asked } = params["request"] as { url: string };
      if (asked !== url) requests.push(asked);
    } else if (method === "Log.entryAdded") told.push((params["entry"] as { text: string }).text);
    else if (method === "Runtime.exceptionThrown") told.push(JSON.stringify(params["exceptionDetails"]));
    else if (method === "Page.javascriptDialogOpening") {
      told.push(`dialog: ${String(params["message"])}`);
      void send("Page.handleJavaScriptDialog", { accept: true });
    } else if (method === "Page.loadEventFired") loaded();
  });
  for (const domain of ["Page", "Network", "Log", "Runtime"]) await send(`${domain}.enable`);
  await send("Emulation.setDeviceMetricsOverride", {
    width: look.width,
    height: 900,
    deviceScaleFactor: 1,
    mobile: look.width < 600,
  });
  await send("Emulation.setEmulatedMedia", {
    features: [{ name: "prefers-color-scheme", value: look.scheme }],
  });
  if (look.scripts === false) await send("Emulation.setScriptExecutionDisabled", { value: true });
  await send("Page.navigate", { url });
  await done;
  return {
    requests,
    told,
    evaluate: async (expression) => {
      const { result, exceptionDetails } = await send("Runtime.evaluate", {
        expression,
        returnByValue: true,
        awaitPromise: true,
      });
      if (exceptionDetails !== undefined) throw new Error(JSON.stringify(exceptionDetails));
      return (result as { value?: unknown }).value;
    },
    screenshot: async (path) => {
      const { data } = await send("Page.captureScreenshot", {
        captureBeyondViewport: true,
        ...(await clipOf(send)),
      });
      await writeFile(path, Buffer.from(String(data), "base64"));
    },
    pdf: async (path) => {
      const { data } = await send("Page.printToPDF", { preferCSSPageSize: true, printBackground: true });
      await writeFile(path, Buffer.from(String(data), "base64"));
    },
    close: async () => void (await devTools.send("Target.closeTarget", { targetId })),
  };
}

/** The whole page, not only what the window shows. */
async function clipOf(send: DevTools["send"]): Promise<{ readonly clip: Readonly<Record<string, number>> }> {
  const { cssContentSize } = await send("Page.getLayoutMetrics");
  const { width, height } = cssContentSize as { width: number; height: number };
  return { clip: { x: 0, y: 0, width, height, scale: 1 } };
}
