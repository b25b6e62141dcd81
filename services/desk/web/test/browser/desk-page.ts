import type { Browser, BrowserContext, Locator, Page } from "playwright-core";
import { expect, vi } from "vitest";

import { complaintsOf, type ContextOptions, newContext } from "./browser.ts";

/** A person at the desk: a browser of their own, and where things stand on the page by the contract's names. */
export interface AtDesk {
  readonly context: BrowserContext;
  readonly page: Page;
  readonly complaints: readonly string[];
  readonly rows: Locator;
  readonly state: Locator;
  readonly problem: Locator;
  readonly notice: Locator;
  readonly offline: Locator;
  readonly rationale: Locator;
}

export interface DeskAddress {
  readonly url: string;
  readonly password: string;
}

export async function sitDown(
  browser: Browser,
  { url }: DeskAddress,
  path = "/",
  options: ContextOptions = {},
): Promise<AtDesk> {
  const context = await newContext(browser, options);
  context.setDefaultTimeout(30_000);
  const page = await context.newPage();
  const complaints = complaintsOf(page);
  await page.goto(`${url}${path}`);
  return {
    context,
    page,
    complaints,
    rows: page.getByTestId("queue-row"),
    state: page.getByTestId("state"),
    problem: page.getByTestId("problem"),
    notice: page.getByTestId("notice"),
    offline: page.getByTestId("offline"),
    rationale: page.getByRole("textbox", { name: "Rationale" }),
  };
}

export async function signIn({ page }: AtDesk, { password }: DeskAddress, user: string): Promise<void> {
  await page.getByLabel("User").fill(user);
  await page.getByLabel("Password").fill(password);
  await page.getByRole("button", { name: "Sign in", exact: true }).click();
  await page.getByTestId("rail").waitFor();
}

export async function signedIn(
  browser: Browser,
  desk: DeskAddress,
  user: string,
  path = "/",
  options: ContextOptions = {},
): Promise<AtDesk> {
  const at = await sitDown(browser, desk, path, options);
  await signIn(at, desk, user);
  return at;
}

/** Waits until it is so; a page shows what happened a moment later. */
export function soon(check: () => Promise<void>): Promise<void> {
  return vi.waitFor(check, { timeout: 30_000, interval: 50 });
}

export async function idsOf(rows: Locator): Promise<readonly string[]> {
  return rows.evaluateAll((links) => links.map((link) => link.getAttribute("data-alert-id") ?? ""));
}

export async function expectState({ state }: AtDesk, expected: string): Promise<void> {
  await soon(async () => {
    expect(await state.getAttribute("data-state")).toBe(expected);
  });
}

export function row({ page }: AtDesk, alertId: string): Locator {
  return page.locator(`[data-testid="queue-row"][data-alert-id="${alertId}"]`);
}
