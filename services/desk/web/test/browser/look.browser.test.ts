import type { Page } from "playwright-core";
import { beforeEach, describe, expect, test } from "vitest";

import type { Alert } from "../../src/page/wire.ts";
import { alertNamed } from "../double/alerts.ts";
import { newContext, skipsBrowser } from "./browser.ts";
import { signedIn, sitDown, soon } from "./desk-page.ts";
import { setStage } from "./stage.ts";
import { violationsOf } from "./violations.ts";

const pages = [
  "/good-guys",
  "/samples",
  "/look-backs",
  "/shadow-runs",
  "/reports",
  "/audit",
  "/keys",
  "/alerts?view=holds",
];

const words = { decision: "RELEASE", reasons: ["OTHER"], rationale: "It is somebody else." } as const;
const sentBack: Alert["timeline"] = [
  { at: 2, action: "sent back", actor: "chen", note: "Which document says so?" },
  { at: 1, action: "proposed", actor: "hanna", proposal: words },
];

/** Words of plots that begin or end outside of their picture. */
function cutLabels(page: Page): Promise<readonly string[]> {
  return page.locator(".plot text").evaluateAll((texts) =>
    texts
      .filter((text) => {
        const { left, right } = text.getBoundingClientRect();
        const plot = text.closest("svg")?.getBoundingClientRect();
        return plot === undefined || left < plot.left || right > plot.right;
      })
      .map(({ textContent }) => textContent ?? ""),
  );
}

describe.skipIf(skipsBrowser)("how the desk looks", () => {
  const stage = setStage();
  beforeEach(() => {
    const soonest = [...stage.double.alerts.values()][2];
    if (soonest !== undefined)
      stage.double.goodGuys.set("g-1", {
        id: "g-1",
        state: "PROPOSED",
        designationId: "uk:XMP1",
        maker: "omar",
        expiresAt: Date.now() + 1e10,
        name: "محمد الزيدان",
        reasons: ["OTHER"],
        rationale: "It is somebody else.",
      });
  });

  const first = (): Alert => {
    const alert = [...stage.double.alerts.values()][2];
    if (alert === undefined) throw new Error("no alert");
    return alert;
  };

  const looks = [
    { width: 1440, height: 900, scheme: "light" },
    { width: 1440, height: 900, scheme: "dark" },
    { width: 1024, height: 768, scheme: "light" },
    { width: 360, height: 740, scheme: "light" },
    { width: 360, height: 740, scheme: "dark" },
    // 1440 by 900 at 200 % zoom.
    { width: 720, height: 450, scheme: "dark" },
  ] as const;
  for (const { width, height, scheme } of looks)
    test(`axe finds nothing and nothing is cut off, ${scheme}, ${String(width)} pixels wide`, async () => {
      const out = await sitDown(stage.browser, stage.desk, "/sign-in", { width, height, scheme });
      await out.page.getByLabel("User").waitFor();
      expect(await violationsOf(out.page)).toEqual([]);
      const at = await signedIn(stage.browser, stage.desk, "hanna", "/", { width, height, scheme });
      const look = async (where: string): Promise<void> => {
        expect([where, await violationsOf(at.page)]).toEqual([where, []]);
        const overflow = await at.page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
        expect([where, overflow <= 0]).toEqual([where, true]);
      };
      await at.rows.first().waitFor();
      await look("queue");
      await at.page.goto(`${stage.desk.url}/alerts/${first().alertId}`);
      await at.page.getByTestId("disposition").waitFor();
      await at.page.keyboard.press("u");
      await look("alert");
      await at.page.keyboard.press("x");
      await at.rationale.fill("x");
      await at.page.keyboard.press("Control+Enter");
      await at.problem.waitFor();
      await look("refused");
      stage.double.change(first().alertId, {
        state: "PROPOSED",
        proposal: {
          id: "p",
          decision: "RELEASE",
          reasons: ["OTHER"],
          rationale: "It is somebody else.",
          maker: "omar",
          proposedAt: Date.now(),
        },
      });
      await at.page.goto(`${stage.desk.url}/alerts/${first().alertId}`);
      await at.page.getByTestId("check").waitFor();
      await look("check");
      stage.double.change(first().alertId, { state: "TAKEN", assignee: "hanna", proposal: null, timeline: sentBack });
      await at.page.getByTestId("made").waitFor();
      await look("sent back");
      await at.page.goto(`${stage.desk.url}/alerts/hold-1`);
      await at.page.getByRole("button", { name: "Rescreen" }).click();
      await at.page.getByTestId("rescreened").waitFor();
      await look("held still");
      for (const path of pages) {
        await at.page.goto(`${stage.desk.url}${path}`);
        await at.page.getByRole("main").waitFor();
        await at.page.waitForLoadState("networkidle").catch(() => undefined);
        if (path === "/shadow-runs") await at.page.locator(".plot").first().waitFor();
        await look(path);
        expect(await cutLabels(at.page)).toEqual([]);
      }
      const auditor = await signedIn(stage.browser, stage.desk, "auditor", "/reports", { width, height, scheme });
      await auditor.page.locator(".plot").first().waitFor();
      expect(await violationsOf(auditor.page)).toEqual([]);
      expect(await cutLabels(auditor.page)).toEqual([]);
      await auditor.page.goto(`${stage.desk.url}/audit`);
      await auditor.page.locator("table").waitFor();
      expect(await violationsOf(auditor.page)).toEqual([]);
      expect([...at.complaints, ...auditor.complaints]).toEqual([]);
    }, 180_000);

  test.each([1440, 360])("a row that bears a mark is set out as the others are, %i pixels wide", async (width) => {
    const [taken = "", returned = ""] = stage.double.alerts.keys();
    stage.double.change(taken, { state: "TAKEN", assignee: "omar" });
    stage.double.change(returned, { state: "TAKEN", assignee: "hanna", timeline: [{ at: 1, action: "sent back" }] });
    const at = await signedIn(stage.browser, stage.desk, "hanna", "/", { width, height: 900 });
    await at.page.locator(".rows .tag.returned").waitFor({ state: "visible" });
    const places = await at.rows.evaluateAll((rows) =>
      rows.map((row) =>
        [".name", ".score", ".like", ".due"].map((part) => {
          const { left, right } = row.querySelector(part)?.getBoundingClientRect() ?? { left: -1, right: -1 };
          return Math.round(part === ".name" || part === ".like" ? left : right);
        }),
      ),
    );
    expect(places.length).toBeGreaterThan(2);
    expect(new Set(places.map((place) => place.join(" "))).size).toBe(1);
    // One's own proposals are under To check.
    stage.double.change(taken, { state: "PROPOSED", makers: ["hanna"] });
    await at.page.goto(`${stage.desk.url}/alerts?view=check`);
    await at.page.locator(".rows .tag.own").waitFor({ state: "visible" });
    const heights = await at.page
      .locator(".rows .tag")
      .evaluateAll((tags) => tags.map((tag) => Math.round(tag.getBoundingClientRect().height)));
    expect(heights).toEqual([18]);
  });

  test("the page loads less than 60 kB of script, from the desk alone, under a policy without exceptions", async () => {
    const context = await newContext(stage.browser);
    const page = await context.newPage();
    const hosts = new Set<string>();
    const policies: string[] = [];
    page.on("response", (response) => {
      hosts.add(new URL(response.url()).origin);
      if (response.request().resourceType() === "document")
        policies.push(response.headers()["content-security-policy"] ?? "");
    });
    await page.goto(`${stage.desk.url}/keys`);
    await page.getByLabel("User").fill("hanna");
    await page.getByLabel("Password").fill(stage.desk.password);
    await page.keyboard.press("Enter");
    await page.getByRole("heading", { name: "Keys" }).waitFor();
    await page.getByRole("checkbox").waitFor();
    const bytes = await page.evaluate(() =>
      performance
        .getEntriesByType("resource")
        .filter((entry) => entry.name.endsWith(".js"))
        .reduce((sum, entry) => sum + (entry as PerformanceResourceTiming).encodedBodySize, 0),
    );
    expect(bytes).toBeGreaterThan(1_000);
    expect(bytes).toBeLessThan(60_000);
    expect([...hosts]).toEqual([stage.desk.url]);
    expect(policies[0]).toContain("default-src 'none'");
    expect(policies[0]).not.toContain("unsafe");
  });

  test("ten thousand alerts are a few dozen rows of the document, and every fast J counts", async () => {
    for (let index = 0; index < 10_000; index++) {
      const alert = alertNamed(`Invented ${String(index)}`, 100 + index, Date.now());
      stage.double.alerts.set(alert.alertId, alert);
    }
    const at = await signedIn(stage.browser, stage.desk, "hanna");
    await at.rows.first().waitFor();
    for (let press = 0; press < 130; press++) await at.page.keyboard.press("j");
    const item = at.page.locator('li:has([aria-current="true"])');
    await soon(async () => expect(Number(await item.getAttribute("aria-posinset"))).toBeGreaterThan(95));
    expect(await item.getAttribute("aria-setsize")).toBe("10009");
    expect(await at.rows.count()).toBeLessThan(100);
  });

  test("J stays true under sixty presses as fast as they come", async () => {
    for (let index = 0; index < 200; index++) {
      const alert = alertNamed(`Invented ${String(index)}`, 100 + index, Date.now());
      stage.double.alerts.set(alert.alertId, alert);
    }
    const at = await signedIn(stage.browser, stage.desk, "hanna");
    await at.rows.first().waitFor();
    await at.page.evaluate(() => {
      for (let press = 0; press < 60; press++)
        document.body.dispatchEvent(new KeyboardEvent("keydown", { key: "j", bubbles: true }));
    });
    await soon(async () =>
      expect(await at.page.locator('li:has([aria-current="true"])').getAttribute("aria-posinset")).toBe("60"),
    );
  });

  test("names stand in their own direction and what matched is marked by its offsets", async () => {
    const { alertId, matches } = first();
    const [match] = matches;
    if (match === undefined) throw new Error("no match");
    // An emoji is two units: offsets count as JavaScript does.
    const text = "😀 مُحَمَّد الزيدان, c/o <b>Bank</b>";
    const field = { ...match.field, text, start: 3, end: 19 };
    stage.double.change(alertId, { name: text, matches: [{ ...match, field }] });
    const at = await signedIn(stage.browser, stage.desk, "hanna", `/alerts/${alertId}`);
    const shown = at.page.locator(`[data-testid="field-text"][data-path="${field.path}"]`);
    await shown.waitFor();
    expect(await shown.textContent()).toBe(text);
    expect(await shown.locator("mark").textContent()).toBe(text.slice(3, 19));
    expect(await shown.locator("b").count()).toBe(0);
    expect(await at.page.getByRole("heading", { level: 2 }).locator("bdi").textContent()).toBe(text);
    expect(await at.page.getByTestId("reasons").locator("tfoot td").last().textContent()).toBe("91.40");
    const verdicts = await at.page
      .getByTestId("comparison")
      .locator("tbody tr")
      .evaluateAll((rows) => rows.map((one) => [one.getAttribute("data-aspect"), one.getAttribute("data-verdict")]));
    expect(verdicts).toEqual([
      ["name", "same"],
      ["birth-date", "differs"],
      ["nationality", "differs"],
      ["country", "differs"],
      ["type", "same"],
      ["identifier", "unsaid"],
    ]);
  });

  test("the tabulator goes from the skip link over rail, list and alert to the form", async () => {
    const at = await signedIn(stage.browser, stage.desk, "hanna", `/alerts/${first().alertId}`);
    await at.page.getByTestId("disposition").waitFor();
    await at.page.evaluate(() => (document.activeElement as HTMLElement | null)?.blur());
    const order: string[] = [];
    for (let press = 0; press < 80; press++) {
      await at.page.keyboard.press("Tab");
      const where = await at.page.evaluate(() => {
        const element = document.activeElement;
        if (element?.classList.contains("skip")) return "skip";
        return element?.closest("form, nav, section.queue, main")?.getAttribute("data-testid") ?? "";
      });
      if (order.at(-1) !== where) order.push(where);
      if (where === "disposition") break;
    }
    expect(order).toEqual(["skip", "rail", "queue", "alert", "disposition"]);
  });
});
