import { createHash } from "node:crypto";

import { topics } from "@cordon/schemas";
import type { Browser } from "playwright-core";
import { afterAll, afterEach, beforeAll, describe, expect, inject, test } from "vitest";

import { launchBrowser, skipsBrowser } from "../../web/test/browser/browser.ts";
import { type AtDesk, expectState, idsOf, row, signedIn, soon } from "../../web/test/browser/desk-page.ts";
import { violationsOf } from "../../web/test/browser/violations.ts";
import { eventually, freshDatabase, password, type Person, startTestDesk, type TestDesk } from "../support/desk.ts";
import { alert, decision, listChange, match, paymentsSchema, somebody } from "../support/records.ts";

/* The pages on the real service and a real PostgreSQL; Kafka is its double. What a person does is done with mouse and keys. */

const rationale = "Born a decade apart, by the passport on file.";

describe.skipIf(skipsBrowser)("the desk's pages on the real service", () => {
  let browser: Browser;
  let desk: TestDesk;
  let dropDatabase: () => Promise<void>;
  let schemaId: number;
  let reader: Person;
  let nextOffset = 5_000;

  beforeAll(async () => {
    browser = await launchBrowser();
    const { url, drop } = await freshDatabase(inject("stack").databaseUrl);
    dropDatabase = drop;
    desk = await startTestDesk({ databaseUrl: url });
    schemaId = await desk.registry.register("payments.v1-value", paymentsSchema());
    reader = await desk.signIn("auditor");
  }, 120_000);
  afterEach(async () => {
    for (const context of browser.contexts()) await context.close();
  });
  afterAll(async () => {
    await browser.close();
    await desk.stop();
    await dropDatabase();
  });

  const at = (user: string, path = "/"): Promise<AtDesk> => signedIn(browser, { url: desk.url, password }, user, path);

  async function raised(change: Parameters<typeof alert>[1] = {}) {
    const made = alert(nextOffset++, { eventSchemaId: schemaId, ...change });
    await desk.send(topics.alerts, made.eventId, made);
    const decided = decision(made.sourceOffset, "HIT", { eventId: made.eventId, alertId: made.alertId });
    await desk.send(topics.decisions, made.eventId, decided);
    await eventually(
      () => reader.get(`/alerts/${made.alertId}`),
      ({ status }) => status === 200,
    );
    return made;
  }

  test("a hit is taken, proposed, checked by another and released; its disposition goes out", async () => {
    const { alertId } = await raised();
    const maker = await at("hanna");
    await row(maker, alertId).click();
    await expectState(maker, "OPEN");
    const field = maker.page.locator('[data-testid="field-text"][data-path="parties[1].name"]');
    expect(await field.textContent()).toBe(somebody);
    expect(await field.locator("mark").textContent()).toBe(somebody);
    await maker.page.getByRole("button", { name: "Take", exact: true }).click();
    await expectState(maker, "TAKEN");
    await maker.page.getByRole("radio", { name: "Somebody else" }).check();
    await maker.page.getByRole("checkbox", { name: "Birth date" }).check();
    await maker.rationale.fill(rationale);
    await maker.page.getByRole("button", { name: "Propose release" }).click();
    await soon(async () => expect(await maker.notice.textContent()).toContain("second person"));

    const checker = await at("chen", "/alerts?view=check");
    await row(checker, alertId).click();
    await soon(async () => expect(await checker.page.getByTestId("check").textContent()).toContain(rationale));
    await checker.page.getByRole("button", { name: "Agree" }).click();
    const sent = await eventually(
      () => desk.dispositions(),
      (all) => all.some(({ alertIds }) => alertIds.includes(alertId)),
    );
    expect(sent.find(({ alertIds }) => alertIds.includes(alertId))).toMatchObject({
      decision: "RELEASE",
      proposedBy: "hanna",
      approvedBy: "chen",
    });
    expect([...maker.complaints, ...checker.complaints]).toEqual([]);
  });

  test("the same by the keys alone: N, R, 1, T, text, Control+Enter; J, Enter, A", async () => {
    const { alertId } = await raised();
    const maker = await at("omar");
    await maker.rows.first().waitFor();
    await maker.page.keyboard.press("n");
    await expectState(maker, "TAKEN");
    for (const key of ["r", "1", "t"]) await maker.page.keyboard.press(key);
    await maker.page.keyboard.type(rationale);
    await maker.page.keyboard.press("Control+Enter");
    await soon(async () => expect(await maker.notice.textContent()).toContain("second person"));
    const checker = await at("chen", "/alerts?view=check");
    await row(checker, alertId).waitFor();
    await checker.page.keyboard.press("j");
    await checker.page.keyboard.press("Enter");
    await checker.page.getByTestId("check").waitFor();
    await checker.page.keyboard.press("a");
    await eventually(
      () => desk.dispositions(),
      (all) => all.some(({ alertIds }) => alertIds.includes(alertId)),
    );
  });

  test("the maker has no form to check, and what was judged fills the next of the same pair", async () => {
    const { alertId } = await raised();
    const maker = await at("hanna", `/alerts/${alertId}`);
    await maker.page.getByTestId("suggestion").waitFor();
    await maker.page.keyboard.press("u");
    await soon(async () => expect(await maker.rationale.inputValue()).toBe(rationale));
    await maker.page.keyboard.press("Control+Enter");
    await soon(async () => expect(await maker.notice.textContent()).toContain("second person"));
    await maker.page.goto(`${desk.url}/alerts/${alertId}`);
    await expectState(maker, "PROPOSED");
    expect(await maker.page.getByTestId("check").count()).toBe(0);
  });

  test("too short a reason is refused with its code, and the text stays", async () => {
    const { alertId } = await raised();
    const maker = await at("hanna", `/alerts/${alertId}`);
    await maker.page.getByRole("radio", { name: "The listed person" }).check();
    await maker.page.getByRole("checkbox", { name: "Confirmed" }).check();
    await maker.rationale.fill("short");
    await maker.page.getByRole("button", { name: "Propose rejection" }).click();
    await soon(async () => expect(await maker.problem.getAttribute("data-code")).toBe("RATIONALE_MISSING"));
    expect(await maker.rationale.inputValue()).toBe("short");
  });

  test("two people on one alert: the slower is told who was faster, live, and keeps the text", async () => {
    const { alertId } = await raised();
    const slow = await at("hanna", `/alerts/${alertId}`);
    await slow.page.getByRole("radio", { name: "Somebody else" }).check();
    await slow.page.getByRole("checkbox", { name: "Country" }).check();
    await slow.rationale.fill(rationale);
    const omar = await desk.signIn("omar");
    expect((await omar.post(`/alerts/${alertId}/take`)).status).toBe(200);
    await expectState(slow, "TAKEN");
    await soon(async () => expect(await slow.notice.textContent()).toContain("omar"));
    await slow.page.getByRole("button", { name: "Propose release" }).click();
    await soon(async () => expect(await slow.problem.getAttribute("data-code")).toBe("VERSION_CONFLICT"));
    expect(await slow.rationale.inputValue()).toBe(rationale);
  });

  test("an entry amended while a checker reads: agreed with is nothing, and what changed is told", async () => {
    const designationId = "uk:TEST7";
    const { alertId } = await raised({ matches: [match({ designationId })] });
    const hanna = await desk.signIn("hanna");
    const { body } = await hanna.get(`/alerts/${alertId}`);
    const { version, evidenceHash } = body;
    const made = await hanna.post(`/alerts/${alertId}/proposals`, {
      decision: "RELEASE",
      reasons: ["OTHER"],
      rationale,
      version,
      evidenceHash,
    });
    expect(made.status).toBe(201);
    const checker = await at("chen", `/alerts/${alertId}`);
    await checker.page.getByTestId("check").waitFor();
    await checker.page.getByRole("textbox", { name: "Note to the maker" }).fill("Looks right to me");
    await desk.send(
      topics.listChanges,
      designationId,
      listChange(designationId, createHash("sha256").update("2").digest("hex")),
    );
    await eventually(
      () => reader.get(`/alerts/${alertId}`),
      ({ body: shown }) => shown.evidenceHash !== evidenceHash,
    );
    await checker.page.getByRole("button", { name: "Agree" }).click();
    await soon(async () =>
      expect(await checker.page.getByRole("main").textContent()).toMatch(/amended: names|has changed since/),
    );
    expect((await reader.get(`/alerts/${alertId}`)).body.state).not.toBe("RELEASED");
    expect((await desk.dispositions()).filter(({ alertIds }) => alertIds.includes(alertId))).toEqual([]);
  });

  test("new alerts wait behind a button while the rows stay", async () => {
    await raised();
    const view = await at("hanna");
    await view.rows.first().waitFor();
    const before = await idsOf(view.rows);
    const { alertId } = await raised();
    const button = view.page.getByRole("button", { name: "1 new" });
    await button.waitFor();
    expect(await idsOf(view.rows)).toEqual(before);
    await button.click();
    await row(view, alertId).waitFor();
  });

  test("a held event is found under Held, and asked to be screened again", async () => {
    const offset = nextOffset++;
    const held = decision(offset, "HOLD", { eventId: `e-held-${String(offset)}`, holdReason: "INDEX_STALE" });
    await desk.send(topics.decisions, held.eventId, held);
    const view = await at("hanna", "/alerts?view=holds");
    await view.rows.or(view.page.getByTestId("new-alerts")).first().waitFor();
    if ((await view.rows.count()) === 0) await view.page.getByTestId("new-alerts").click();
    await view.rows.first().click();
    await view.page.getByRole("button", { name: "Rescreen" }).click();
    await soon(async () => expect(await view.notice.textContent()).toContain("screened again"));
    expect(await view.page.getByRole("radio", { name: "Somebody else" }).isDisabled()).toBe(true);
    const clear = decision(offset, "CLEAR", { eventId: held.eventId });
    await desk.send(topics.decisions, held.eventId, clear);
    await expectState(view, "SUPERSEDED");
  });

  test("a good guy is made with a release and agreed apart from it", async () => {
    const { alertId } = await raised({ matches: [match({ designationId: "uk:TEST8" })] });
    const maker = await at("hanna", `/alerts/${alertId}`);
    await maker.page.getByTestId("disposition").waitFor();
    for (const key of ["r", "1", "g", "t"]) await maker.page.keyboard.press(key);
    await maker.page.keyboard.type(rationale);
    await maker.page.keyboard.press("Control+Enter");
    await soon(async () => expect(await maker.notice.textContent()).toContain("second person"));
    const checker = await at("chen", "/good-guys");
    const card = checker.page.getByTestId("good-guy").filter({ hasText: "uk:TEST8" });
    await card.getByRole("button", { name: "Agree" }).click();
    await soon(async () => expect(await card.getAttribute("data-state")).toBe("ACTIVE"));
    await card.getByRole("textbox", { name: "Note" }).fill("The customer closed the account.");
    await card.getByRole("button", { name: "Revoke" }).click();
    await soon(async () => expect(await card.getAttribute("data-state")).toBe("REVOKED"));
  });

  test("an auditor reads reports and the audit, and finds the chain whole; axe finds nothing", async () => {
    const auditor = await at("auditor", "/reports");
    await auditor.page.getByTestId("report").first().locator("table, p").first().waitFor();
    await soon(async () => expect(await auditor.page.getByText("Reading").count()).toBe(0));
    expect(await auditor.page.getByTestId("problem").count()).toBe(0);
    expect(await violationsOf(auditor.page)).toEqual([]);
    await auditor.page.goto(`${desk.url}/audit`);
    await auditor.page.locator("table").waitFor();
    await auditor.page.getByRole("button", { name: "Verify the chain" }).click();
    await soon(async () => expect(await auditor.notice.textContent()).toContain("The chain is whole"));
    expect(await violationsOf(auditor.page)).toEqual([]);
    const view = await at("hanna", `/alerts`);
    await view.rows.first().click();
    await view.page.getByTestId("comparison").waitFor();
    expect(await violationsOf(view.page)).toEqual([]);
    expect([...auditor.complaints, ...view.complaints]).toEqual([]);
  });
});
