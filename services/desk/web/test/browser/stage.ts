import type { Browser } from "playwright-core";
import { afterAll, afterEach, beforeAll, beforeEach } from "vitest";

import { type DeskDouble, startDeskDouble } from "../double/desk-double.ts";
import { password } from "../double/people.ts";
import { launchBrowser } from "./browser.ts";
import type { DeskAddress } from "./desk-page.ts";

/** What each test of a file finds: one browser for all, and a desk of its own. Read them within a test only. */
export interface Stage {
  readonly browser: Browser;
  readonly double: DeskDouble;
  readonly desk: DeskAddress;
}

/** The id of the alert of that name. */
export function idOf({ double }: Stage, name: string): string {
  const alert = [...double.alerts.values()].find((one) => one.name === name);
  if (alert === undefined) throw new Error(`no alert of ${name}`);
  return alert.alertId;
}

/** Sets the stage for the tests of the `describe` that it is called in. */
export function setStage(): Stage {
  const stage: { browser?: Browser; double?: DeskDouble; desk?: DeskAddress } = {};
  beforeAll(async () => {
    stage.browser = await launchBrowser();
  });
  afterAll(() => stage.browser?.close());
  beforeEach(async () => {
    stage.double = await startDeskDouble();
    stage.desk = { url: stage.double.url, password };
  });
  afterEach(async () => {
    for (const context of stage.browser?.contexts() ?? []) await context.close();
    await stage.double?.stop();
  });
  return stage as Stage;
}
