import { describe, expect, test } from "vitest";

import { skipsBrowser } from "./browser.ts";
import { signedIn, soon } from "./desk-page.ts";
import { setStage } from "./stage.ts";

/* Parts of the page are scripts that are loaded when they are needed: or are not. */

describe.skipIf(skipsBrowser)("a part of the page", () => {
  const stage = setStage();

  const problemCode = '[data-testid="problem"][data-code="PART_NOT_LOADED"]';

  test("that is asked for without a line comes by itself when the line is back", async () => {
    const at = await signedIn(stage.browser, stage.desk, "hanna");
    await at.rows.first().waitFor();
    await at.context.setOffline(true);
    await at.page.getByRole("link", { name: "Good guys" }).click();
    await at.offline.waitFor({ state: "visible" });
    await at.page.getByText("comes when the desk can be reached again").waitFor();
    await at.context.setOffline(false);
    await at.page.getByText("A good guy is one party beside one entry").waitFor();
    expect(await at.offline.isVisible()).toBe(false);
    expect(at.complaints).toEqual([]);
  });

  test.each([
    ["/keys", "keys-page", "Single keys act"],
    ["/alerts/first", "alert-view", "Side by side"],
  ])(
    "that the desk does not give, of %s, says so, stays calm, and is tried again when somebody asks",
    async (path, file, text) => {
      const [id = ""] = stage.double.alerts.keys();
      const asked: string[] = [];
      const at = await signedIn(stage.browser, stage.desk, "hanna");
      await at.page.route(`**/assets/${file}-*`, async (route) => {
        asked.push(route.request().url());
        await route.fulfill({ status: 404, body: "" });
      });
      await at.page.goto(`${stage.desk.url}${path.replace("first", id)}`);
      await at.page.locator(problemCode).waitFor();
      await at.page.waitForTimeout(2_500);
      expect(asked).toHaveLength(1);
      expect(await at.offline.isVisible()).toBe(false);
      await at.page.getByRole("button", { name: "Try again" }).click();
      await soon(async () => {
        expect(asked).toHaveLength(2);
        await at.page.locator(problemCode).waitFor();
      });
      await at.page.unroute(`**/assets/${file}-*`);
      await at.page.getByRole("button", { name: "Try again" }).click();
      await at.page.getByText(text).first().waitFor();
      expect(await at.page.locator(problemCode).count()).toBe(0);
    },
  );

  test("no key judges an alert whose part is not there yet", async () => {
    const [id = ""] = stage.double.alerts.keys();
    const proposal = {
      id: "p-1",
      decision: "RELEASE",
      reasons: ["OTHER"],
      rationale: "Somebody else.",
      maker: "hanna",
    } as const;
    stage.double.change(id, { state: "PROPOSED", proposal });
    const at = await signedIn(stage.browser, stage.desk, "chen");
    let letGo: (() => void) | null = null;
    await at.page.route("**/assets/alert-view-*", async (route) => {
      await new Promise<void>((resolve) => {
        letGo = resolve;
      });
      await route.continue();
    });
    await at.page.goto(`${stage.desk.url}/alerts/${id}`);
    await soon(async () => expect(stage.double.requests).toContain(`GET /alerts/${id}`));
    await at.page.waitForTimeout(300);
    await at.page.keyboard.press("a");
    await soon(async () => expect(letGo).not.toBeNull());
    (letGo as (() => void) | null)?.();
    await at.page.getByTestId("check").waitFor();
    expect(stage.double.requests.filter((request) => request.endsWith("/agree"))).toEqual([]);
    await at.page.keyboard.press("a");
    await soon(async () => expect(stage.double.alerts.get(id)?.state).toBe("RELEASED"));
  });
});
