import { describe, expect, test } from "vitest";

import { alertNamed } from "../double/alerts.ts";
import { skipsBrowser } from "./browser.ts";
import { type AtDesk, expectState, idsOf, row, signedIn, sitDown, signIn, soon } from "./desk-page.ts";
import { idOf, setStage } from "./stage.ts";

describe.skipIf(skipsBrowser)("the flows of the desk", () => {
  const stage = setStage();

  const openAs = async (user: string, name: string): Promise<AtDesk> =>
    signedIn(stage.browser, stage.desk, user, `/alerts/${idOf(stage, name)}`);

  test("a wrong password is refused in words, and the right one opens the queue", async () => {
    const at = await sitDown(stage.browser, stage.desk, "/sign-in");
    await at.page.getByLabel("User").fill("hanna");
    await at.page.getByLabel("Password").fill("guessed");
    await at.page.getByRole("button", { name: "Sign in" }).click();
    await soon(async () => expect(await at.problem.textContent()).toContain("wrong"));
    await signIn(at, stage.desk, "hanna");
    await at.rows.first().waitFor();
    expect(new URL(at.page.url()).pathname).toBe("/alerts");
  });

  test("without a session every address shows the sign-in, and then the page that was asked for", async () => {
    const at = await sitDown(stage.browser, stage.desk, `/alerts/${idOf(stage, "MIRELA DRAGOVIC")}`);
    await signIn(at, stage.desk, "hanna");
    await soon(async () =>
      expect(await at.page.getByRole("heading", { level: 2 }).textContent()).toBe("MIRELA DRAGOVIC"),
    );
  });

  test("with the mouse: taken, proposed, checked by another, released; each time the next opens", async () => {
    const id = idOf(stage, "MIRELA DRAGOVIC");
    const maker = await signedIn(stage.browser, stage.desk, "hanna");
    await row(maker, id).click();
    await maker.page.getByRole("button", { name: "Take", exact: true }).click();
    await expectState(maker, "TAKEN");
    await maker.page.getByRole("radio", { name: "Somebody else" }).check();
    await maker.page.getByRole("checkbox", { name: "Birth date" }).check();
    await maker.rationale.fill("Born 1991 in Split, not in 1980.");
    await maker.page.getByRole("button", { name: "Propose release" }).click();
    await soon(async () => expect(await maker.notice.textContent()).toContain("second person"));
    expect(stage.double.alerts.get(id)?.state).toBe("PROPOSED");
    expect(maker.page.url()).not.toContain(id);
    expect(await row(maker, id).count()).toBe(0);
    await expectState(maker, "OPEN");

    const checker = await signedIn(stage.browser, stage.desk, "chen", "/alerts?view=check");
    await row(checker, id).click();
    const form = checker.page.getByRole("form", { name: "Check" });
    await soon(async () => expect(await form.textContent()).toContain("Born 1991 in Split, not in 1980."));
    await checker.page.getByRole("button", { name: "Agree" }).click();
    await soon(async () => expect(stage.double.alerts.get(id)?.state).toBe("RELEASED"));
    await soon(async () => expect(new URL(checker.page.url()).pathname).toBe("/alerts"));
    expect([...maker.complaints, ...checker.complaints]).toEqual([]);
  });

  test("with the keys alone: N, U and Control+Enter release what was judged before; A agrees", async () => {
    const late = [...stage.double.alerts.values()].filter(({ dueAt }) => Number(dueAt) < Date.now());
    for (const { alertId } of late) stage.double.alerts.delete(alertId);
    const id = idOf(stage, "MIRELA DRAGOVIC");
    const maker = await signedIn(stage.browser, stage.desk, "hanna");
    await maker.rows.first().waitFor();
    await maker.page.keyboard.press("n");
    await expectState(maker, "TAKEN");
    await maker.page.keyboard.press("u");
    await soon(async () => expect(await maker.rationale.inputValue()).toContain("Born 1991"));
    await maker.page.keyboard.press("Control+Enter");
    await soon(async () => expect(stage.double.alerts.get(id)?.state).toBe("PROPOSED"));

    const checker = await signedIn(stage.browser, stage.desk, "chen", "/alerts?view=check");
    await checker.rows.first().waitFor();
    await checker.page.keyboard.press("j");
    await checker.page.keyboard.press("Enter");
    await checker.page.getByTestId("check").waitFor();
    await checker.page.keyboard.press("a");
    await soon(async () => expect(stage.double.alerts.get(id)?.state).toBe("RELEASED"));
  });

  test("with the keys alone: a new pair is released, a true match rejected, a doubtful one escalated", async () => {
    const at = await signedIn(stage.browser, stage.desk, "hanna");
    await at.rows.first().waitFor();
    const { keyboard } = at.page;
    const cases = [
      { keys: ["r", "1", "2"], decision: "RELEASE", reasons: ["BIRTH_DATE", "NATIONALITY"] },
      { keys: ["x", "1"], decision: "REJECT", reasons: ["SAME_IDENTIFIER"] },
      { keys: ["e"], decision: "ESCALATE", reasons: [] },
    ];
    for (const { keys, decision, reasons } of cases) {
      await keyboard.press("n");
      await expectState(at, "TAKEN");
      const id = new URL(at.page.url()).pathname.split("/")[2] ?? "";
      for (const key of keys) await keyboard.press(key);
      // Its capital letter begins the sentence, and is no key then.
      await keyboard.press("Shift+R");
      await keyboard.type("ex ate 12 nougat bars, a judge knew it.");
      await keyboard.press("Control+Enter");
      await soon(async () =>
        expect(stage.double.bodies.get(`/alerts/${id}/proposals`)).toMatchObject({
          decision,
          reasons,
          rationale: "Rex ate 12 nougat bars, a judge knew it.",
        }),
      );
      await soon(async () => expect(at.page.url()).not.toContain(id));
    }
    expect(at.complaints).toEqual([]);
  });

  test("B goes to the note, and Control+Enter there sends the proposal back", async () => {
    const id = idOf(stage, "MIRELA DRAGOVIC");
    stage.double.change(id, {
      state: "PROPOSED",
      assignee: "hanna",
      proposal: {
        id: "p-1",
        decision: "RELEASE",
        reasons: ["OTHER"],
        rationale: "It is somebody else.",
        maker: "hanna",
      },
    });
    const at = await openAs("chen", "MIRELA DRAGOVIC");
    await at.page.getByTestId("check").waitFor();
    await at.page.keyboard.press("b");
    await at.page.keyboard.type("Which document says so?");
    await at.page.keyboard.press("Control+Enter");
    await soon(async () => expect(stage.double.alerts.get(id)?.state).toBe("TAKEN"));
    expect(stage.double.bodies.get("/proposals/p-1/send-back")).toMatchObject({ note: "Which document says so?" });
  });

  test("the maker of a proposal sees no form to check it, and an auditor sees none at all", async () => {
    const id = idOf(stage, "MIRELA DRAGOVIC");
    stage.double.change(id, {
      state: "PROPOSED",
      assignee: "hanna",
      proposal: {
        id: "p-1",
        decision: "RELEASE",
        reasons: ["OTHER"],
        rationale: "It is somebody else.",
        maker: "hanna",
      },
    });
    for (const user of ["hanna", "auditor", "admin"]) {
      const at = await openAs(user, "MIRELA DRAGOVIC");
      await expectState(at, "PROPOSED");
      expect(await at.page.getByTestId("check").count()).toBe(0);
      expect(await at.page.getByTestId("disposition").count()).toBe(0);
      await at.context.close();
    }
  });

  test("a refusal is told with its code, and what was typed and chosen stays", async () => {
    const at = await openAs("hanna", "MIRELA DRAGOVIC");
    await at.page.getByRole("radio", { name: "Somebody else" }).check();
    await at.page.getByRole("checkbox", { name: "Country" }).check();
    await at.rationale.fill("short");
    await at.page.getByRole("button", { name: "Propose release" }).click();
    await soon(async () => expect(await at.problem.getAttribute("data-code")).toBe("RATIONALE_MISSING"));
    expect(await at.rationale.inputValue()).toBe("short");
    expect(await at.page.getByRole("checkbox", { name: "Country" }).isChecked()).toBe(true);
  });

  test("when somebody else was faster the newer state is shown beside the text, which stays", async () => {
    const id = idOf(stage, "MIRELA DRAGOVIC");
    const at = await openAs("hanna", "MIRELA DRAGOVIC");
    await at.page.getByRole("radio", { name: "Somebody else" }).check();
    await at.page.getByRole("checkbox", { name: "Birth date" }).check();
    await at.rationale.fill("Born 1991 in Split, not in 1980.");
    const alert = stage.double.alerts.get(id);
    if (alert !== undefined) stage.double.alerts.set(id, { ...alert, state: "TAKEN", assignee: "omar", version: 7 });
    await at.page.getByRole("button", { name: "Propose release" }).click();
    await soon(async () => expect(await at.problem.getAttribute("data-code")).toBe("VERSION_CONFLICT"));
    await expectState(at, "TAKEN");
    await soon(async () => expect(await at.problem.textContent()).toContain("omar"));
    expect(await at.rationale.inputValue()).toBe("Born 1991 in Split, not in 1980.");
  });

  test("a checker is told what changed in the entry, and agrees with nothing that he has not seen", async () => {
    const id = idOf(stage, "MIRELA DRAGOVIC");
    stage.double.change(id, {
      state: "PROPOSED",
      assignee: "hanna",
      proposal: {
        id: "p-1",
        decision: "RELEASE",
        reasons: ["OTHER"],
        rationale: "It is somebody else.",
        maker: "hanna",
      },
    });
    const at = await openAs("chen", "MIRELA DRAGOVIC");
    await at.page.getByTestId("check").waitFor();
    const alert = stage.double.alerts.get(id);
    const [entry] = alert?.entries ?? [];
    if (alert === undefined || entry === undefined) throw new Error("no entry");
    stage.double.alerts.set(id, {
      ...alert,
      evidenceHash: "newer",
      version: alert.version + 1,
      entries: [{ ...entry, birthDates: ["1991-07-03"] }],
    });
    await at.page.keyboard.press("a");
    await soon(async () => expect(await at.problem.getAttribute("data-code")).toBe("EVIDENCE_CHANGED"));
    await soon(async () => expect(await at.problem.textContent()).toContain("birth dates"));
    expect(stage.double.alerts.get(id)?.state).toBe("TAKEN");
  });

  test("what changes elsewhere is shown at once, the typed text stays, and the eye has a second before the hand", async () => {
    const id = idOf(stage, "MIRELA DRAGOVIC");
    stage.double.change(id, {
      state: "PROPOSED",
      assignee: "hanna",
      proposal: {
        id: "p-1",
        decision: "RELEASE",
        reasons: ["OTHER"],
        rationale: "It is somebody else.",
        maker: "hanna",
      },
    });
    const at = await openAs("chen", "MIRELA DRAGOVIC");
    const note = at.page.getByRole("textbox", { name: "Note to the maker" });
    await note.fill("Which document?");
    stage.double.change(id, { evidenceHash: "newer" });
    await soon(async () => expect(await at.notice.textContent()).toContain("changed"));
    await at.page.getByRole("button", { name: "Agree" }).click();
    expect(await at.problem.getAttribute("data-code")).toBe("EVIDENCE_CHANGED");
    expect(stage.double.requests.filter((request) => request.includes("/agree"))).toEqual([]);
    expect(await note.inputValue()).toBe("Which document?");
    stage.double.change(id, { state: "TAKEN", proposal: null });
    await expectState(at, "TAKEN");
    expect(await note.inputValue()).toBe("Which document?");
  });

  test("new alerts wait behind a button, and the rows stay where they are", async () => {
    const at = await signedIn(stage.browser, stage.desk, "hanna");
    await at.rows.first().waitFor();
    const before = await idsOf(at.rows);
    const soonest = alertNamed("Nadia Invented", 70, Date.now());
    stage.double.add({ ...soonest, dueAt: Date.now() - 3_600_000 });
    stage.double.add({ ...alertNamed("Oskar Invented", 71, Date.now()), dueAt: Date.now() - 3_500_000 });
    stage.double.change(before[2] ?? "", { state: "PROPOSED" });
    const button = at.page.getByRole("button", { name: "2 new" });
    await button.waitFor();
    expect(await idsOf(at.rows)).toEqual(before);
    await soon(async () => expect(await row(at, before[2] ?? "").textContent()).toContain("no longer here"));
    await button.click();
    await soon(async () => expect((await idsOf(at.rows))[0]).toBe(soonest.alertId));
    expect(await idsOf(at.rows)).not.toContain(before[2]);
  });

  test("a page that is not seen gives its connection back, and catches up when it is seen again", async () => {
    const id = idOf(stage, "MIRELA DRAGOVIC");
    const at = await openAs("hanna", "MIRELA DRAGOVIC");
    await expectState(at, "OPEN");
    const show = (hidden: boolean): Promise<void> =>
      at.page.evaluate((isHidden) => {
        Object.defineProperty(document, "hidden", { configurable: true, value: isHidden });
        document.dispatchEvent(new Event("visibilitychange"));
      }, hidden);
    await soon(async () => expect(stage.double.listeners()).toBe(1));
    await show(true);
    await soon(async () => expect(stage.double.listeners()).toBe(0));
    stage.double.change(id, { state: "TAKEN", assignee: "omar" });
    await show(false);
    await expectState(at, "TAKEN");
    await soon(async () => expect(stage.double.listeners()).toBe(1));
  });

  test("a lost network is said, nothing typed is lost, and it is sent when the network is back", async () => {
    const id = idOf(stage, "MIRELA DRAGOVIC");
    const at = await openAs("hanna", "MIRELA DRAGOVIC");
    await at.page.getByRole("radio", { name: "Somebody else" }).check();
    await at.page.getByRole("checkbox", { name: "Birth date" }).check();
    expect(await at.offline.isVisible()).toBe(false);
    await at.context.setOffline(true);
    await at.rationale.fill("Born 1991 in Split, not in 1980.");
    await at.page.getByRole("button", { name: "Propose release" }).click();
    await at.offline.waitFor({ state: "visible" });
    expect(await at.rationale.inputValue()).toBe("Born 1991 in Split, not in 1980.");
    expect(stage.double.alerts.get(id)?.state).toBe("OPEN");
    await at.context.setOffline(false);
    await at.offline.waitFor({ state: "hidden" });
    expect(await at.rationale.inputValue()).toBe("Born 1991 in Split, not in 1980.");
    await at.page.getByRole("button", { name: "Propose release" }).click();
    await soon(async () => expect(stage.double.alerts.get(id)?.state).toBe("PROPOSED"));
  });

  test("a proposal whose answer is lost is told when the network is back, and is not proposed twice", async () => {
    const id = idOf(stage, "MIRELA DRAGOVIC");
    const at = await openAs("hanna", "MIRELA DRAGOVIC");
    await at.page.getByRole("radio", { name: "Somebody else" }).check();
    await at.page.getByRole("checkbox", { name: "Birth date" }).check();
    await at.rationale.fill("Born 1991 in Split, not in 1980.");
    await at.page.route("**/proposals", async (route) => {
      await route.fetch();
      await route.abort("connectionreset");
    });
    await at.page.getByRole("button", { name: "Propose release" }).click();
    await at.offline.waitFor({ state: "visible" });
    await soon(async () => expect(await at.notice.textContent()).toBe("What you sent had arrived."));
    await expectState(at, "PROPOSED");
    expect(await at.page.getByTestId("disposition").count()).toBe(0);
    expect(stage.double.requests.filter((request) => request === `POST /alerts/${id}/proposals`)).toHaveLength(1);
  });

  test("when the session ends the same person signs in and finds the text; another does not", async () => {
    const at = await openAs("hanna", "MIRELA DRAGOVIC");
    await at.rationale.fill("Born 1991 in Split");
    stage.double.endSessions();
    await at.page.keyboard.press("Escape");
    await at.page.keyboard.press("n");
    await signIn(at, stage.desk, "hanna");
    await soon(async () => expect(await at.rationale.inputValue()).toBe("Born 1991 in Split"));
    stage.double.endSessions();
    await at.page.keyboard.press("Escape");
    await at.page.keyboard.press("n");
    await signIn(at, stage.desk, "omar");
    await soon(async () => expect(await at.rationale.inputValue()).toBe(""));
  });

  test("the store that is away is told by its code, and the text stays", async () => {
    const at = await openAs("hanna", "MIRELA DRAGOVIC");
    await at.page.getByRole("radio", { name: "Cannot tell" }).check();
    await at.rationale.fill("I cannot tell these two apart.");
    stage.double.refuseAll = { status: 503, code: "STORE_UNAVAILABLE", message: "The database is away." };
    await at.page.getByRole("button", { name: "Escalate" }).click();
    await soon(async () => expect(await at.problem.getAttribute("data-code")).toBe("STORE_UNAVAILABLE"));
    expect(await at.rationale.inputValue()).toBe("I cannot tell these two apart.");
  });

  test("a held event is rescreened from the page, and one held for old lists is released by nobody", async () => {
    const at = await signedIn(stage.browser, stage.desk, "hanna", "/alerts/hold-2");
    await at.page.getByRole("button", { name: "Rescreen" }).waitFor();
    expect(await at.page.getByRole("radio", { name: "Somebody else" }).isDisabled()).toBe(true);
    await at.page.getByRole("button", { name: "Rescreen" }).click();
    await expectState(at, "SUPERSEDED");
    await at.page.goto(`${stage.desk.url}/alerts/hold-1`);
    await at.page.getByTestId("disposition").waitFor();
  });

  test("a good guy is proposed with the release, agreed by another, and revoked", async () => {
    const at = await openAs("hanna", "MIRELA DRAGOVIC");
    await at.page.getByTestId("suggestion").getByRole("button", { name: "Use that reasoning" }).click();
    await at.page.getByRole("checkbox", { name: "Good guy" }).check();
    await at.page.getByRole("button", { name: "Propose release" }).click();
    await soon(async () => expect(stage.double.goodGuys.size).toBe(1));
    const own = await signedIn(stage.browser, stage.desk, "hanna", "/good-guys");
    await own.page.getByTestId("good-guy").waitFor();
    expect(await own.page.getByRole("button", { name: "Agree" }).count()).toBe(0);
    const checker = await signedIn(stage.browser, stage.desk, "chen", "/good-guys");
    await checker.page.getByRole("button", { name: "Agree" }).click();
    const card = checker.page.getByTestId("good-guy");
    await soon(async () => expect(await card.getAttribute("data-state")).toBe("ACTIVE"));
    await checker.page.getByRole("textbox", { name: "Note" }).fill("The customer closed the account.");
    await checker.page.getByRole("button", { name: "Revoke" }).click();
    await soon(async () => expect(await card.getAttribute("data-state")).toBe("REVOKED"));
  });

  test("the filter asks the desk and the keys are letters in it", async () => {
    const at = await signedIn(stage.browser, stage.desk, "hanna");
    await at.rows.first().waitFor();
    await at.page.keyboard.press("/");
    await at.page.keyboard.type("beridze");
    await soon(async () => expect(await at.rows.count()).toBe(0));
    await at.page.getByRole("searchbox", { name: "Filter alerts" }).fill("ბერიძე");
    await soon(async () => expect(await at.rows.count()).toBe(1));
    await at.page.keyboard.press("Escape");
    await at.page.keyboard.press("j");
    await at.page.keyboard.press("Enter");
    await soon(async () => expect(await at.page.getByRole("heading", { level: 2 }).textContent()).toBe("თამარ ბერიძე"));
  });

  test("a letter that no key is of begins the text, and with T any does; before it is said who it is, capitals are keys", async () => {
    const at = await signedIn(stage.browser, stage.desk, "hanna");
    await at.rows.first().waitFor();
    const { keyboard } = at.page;
    const rationale = at.page.getByRole("textbox", { name: "Rationale" });
    await keyboard.press("n");
    await expectState(at, "TAKEN");
    await keyboard.press("Shift+X");
    expect(await at.page.getByRole("radio", { name: "The listed person" }).isChecked()).toBe(true);
    const typing = await at.page.context().newCDPSession(at.page);
    await typing.send("Input.dispatchKeyEvent", { type: "keyDown", key: "თ", text: "თ" });
    await soon(async () => expect(await rationale.inputValue()).toBe("თ"));
    await keyboard.press("Escape");
    await keyboard.press("t");
    await keyboard.press("r");
    await soon(async () => expect(await rationale.inputValue()).toBe("თr"));
  });

  test("single keys can be switched off, and stay off", async () => {
    const at = await signedIn(stage.browser, stage.desk, "hanna");
    await at.rows.first().waitFor();
    await at.page.keyboard.press("?");
    await at.page.getByRole("checkbox", { name: "Single keys act" }).uncheck();
    await at.page.goto(`${stage.desk.url}/alerts?view=queue`);
    await at.rows.first().waitFor();
    await at.page.keyboard.press("n");
    await at.page.keyboard.press("j");
    expect(stage.double.requests.filter((request) => request.endsWith("/next"))).toEqual([]);
    expect(await at.page.locator('[data-testid="queue-row"][aria-current="true"]').count()).toBe(0);
  });
});
