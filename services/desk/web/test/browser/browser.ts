import { accessSync, constants } from "node:fs";
import { delimiter, join } from "node:path";

import { type Browser, type BrowserContext, chromium, type Page } from "playwright-core";

const names = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"];

/** The first browser on PATH. */
export function findChromium(): string | null {
  const folders = (process.env["PATH"] ?? "").split(delimiter).filter((folder) => folder !== "");
  for (const path of names.flatMap((name) => folders.map((folder) => join(folder, name)))) {
    try {
      accessSync(path, constants.X_OK);
      return path;
    } catch {
      // Not here.
    }
  }
  return null;
}

const found = findChromium();
const inCi = process.env["CI"] !== undefined && process.env["CI"] !== "";
if (found === null && !inCi)
  console.warn("SKIPPED: the tests of the desk's pages, for no chromium is on PATH (apt-get install chromium)");

/** Tests are skipped without a browser, but never in CI: there, launching fails. */
export const skipsBrowser = found === null && !inCi;

export function launchBrowser(): Promise<Browser> {
  if (found === null) throw new Error("no chromium on PATH: CI must install it");
  return chromium.launch({ executablePath: found, headless: true, args: ["--no-sandbox", "--disable-dev-shm-usage"] });
}

export interface ContextOptions {
  readonly width?: number;
  readonly height?: number;
  readonly scheme?: "light" | "dark";
}

export function newContext(browser: Browser, options: ContextOptions = {}): Promise<BrowserContext> {
  const { width = 1440, height = 900, scheme = "light" } = options;
  return browser.newContext({
    viewport: { width, height },
    colorScheme: scheme,
    reducedMotion: "reduce",
    locale: "en-GB",
    timezoneId: "UTC",
  });
}

/** What a page complained of: scripts that failed, and what its policy refused. */
export function complaintsOf(page: Page): readonly string[] {
  const complaints: string[] = [];
  page.on("pageerror", (error) => complaints.push(String(error)));
  page.on("console", (message) => {
    const text = message.text();
    // A refused or failed request is a line of the browser's, which the page tells in its own words.
    if (message.type() === "error" && !text.startsWith("Failed to load resource")) complaints.push(text);
  });
  return complaints;
}
