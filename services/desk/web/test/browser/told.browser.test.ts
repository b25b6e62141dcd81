import { describe, expect, test } from "vitest";

import { heldEvent } from "../double/alerts.ts";
import { skipsBrowser } from "./browser.ts";
import { type AtDesk, expectState, row, signedIn, soon } from "./desk-page.ts";
import { idOf, setStage } from "./stage.ts";

/* What the page tells of who did what, and of what becomes of it. */

const made = ({ page }: AtDesk): Promise<string | null> => page.getByTestId("made").textContent();

describe.skipIf(skipsBrowser)("what the desk tells", () => {
  const stage = setStage();

  const name = "MIRELA DRAGOVIC";
  const rationale = "Born 1991 in Split, not in 1980.";
  const openAs = (user: string): Promise<AtDesk> =>
    signedIn(stage.browser, stage.desk, user, `/alerts/${idOf(stage, name)}`);
  const propose = async (at: AtDesk, decision: "r" | "e"): Promise<void> => {
    await at.page.getByTestId("disposition").waitFor();
    for (const key of [decision, "1", "t"]) await at.page.keyboard.press(key);
    await at.page.keyboard.type(rationale);
    await at.page.keyboard.press("Control+Enter");
    await soon(async () => expect(at.page.url()).not.toContain(idOf(stage, name)));
  };

  test("what was sent is told by the name of its alert, and is gone when somebody opens another", async () => {
    const at = await openAs("hanna");
    await propose(at, "r");
    await soon(async () => expect(await at.notice.textContent()).toMatch(/^MIRELA DRAGOVIC: .*second person/));
    await row(at, idOf(stage, "MT Ocean Petrel")).click();
    await soon(async () => expect(await at.notice.textContent()).toBe(""));
    stage.double.change(idOf(stage, "MT Ocean Petrel"), { state: "TAKEN", assignee: "omar" });
    await soon(async () => expect(await at.notice.textContent()).toContain("This alert changed."));
    await at.page.getByRole("link", { name: "Mine" }).click();
    await soon(async () => expect(await at.notice.textContent()).toBe(""));
  });

  test("whoever has an escalated alert reads what its maker wrote", async () => {
    await propose(await openAs("hanna"), "e");
    const second = await openAs("omar");
    await expectState(second, "ESCALATED");
    expect(await made(second)).toMatch(/hanna escalated it .*: birth date\. Born 1991 in Split, not in 1980\./);
    expect(await second.page.getByTestId("timeline").textContent()).toContain(rationale);
  });

  test("one that was sent back is marked, and says who wrote what; closed it says it still", async () => {
    const id = idOf(stage, name);
    const maker = await openAs("hanna");
    await propose(maker, "r");
    const checker = await openAs("chen");
    await checker.page.getByTestId("check").waitFor();
    // The words stand in the form already.
    expect(await checker.page.getByTestId("made").count()).toBe(0);
    await checker.page.keyboard.press("b");
    await checker.page.keyboard.type("Which document says so?");
    await checker.page.keyboard.press("Control+Enter");
    await soon(async () => expect(stage.double.alerts.get(id)?.state).toBe("TAKEN"));
    await maker.page.goto(`${stage.desk.url}/alerts?view=mine`);
    const mark = row(maker, id).locator(".tag.returned");
    await mark.waitFor({ state: "visible" });
    expect(await mark.textContent()).toBe("sent back");
    await row(maker, id).click();
    await maker.page.getByTestId("made").waitFor();
    expect(await made(maker)).toMatch(
      /hanna proposed to release it .*Born 1991.*chen sent it back .*Which document says so\?/,
    );
    await propose(maker, "r");
    const again = await openAs("chen");
    await again.page.getByRole("button", { name: "Agree" }).click();
    await soon(async () => expect(stage.double.alerts.get(id)?.state).toBe("RELEASED"));
    const auditor = await openAs("auditor");
    await auditor.page.getByTestId("made").waitFor();
    expect(await made(auditor)).toMatch(/hanna proposed to release it .*chen agreed/);
  });

  test("one's own proposals are marked under To check, and counted apart", async () => {
    await propose(await openAs("hanna"), "r");
    const proposal = { id: "p-9", decision: "RELEASE", reasons: ["OTHER"], rationale, maker: "omar" } as const;
    stage.double.change(idOf(stage, "MT Ocean Petrel"), { state: "PROPOSED", makers: ["omar"], proposal });
    const own = await signedIn(stage.browser, stage.desk, "hanna", "/alerts?view=check");
    await soon(async () => expect(await row(own, idOf(stage, name)).locator(".tag.own").textContent()).toBe("yours"));
    expect(await row(own, idOf(stage, "MT Ocean Petrel")).locator(".tag").textContent()).toBe("to be checked");
    const link = own.page.getByTestId("rail").getByRole("link", { name: "To check" });
    await soon(async () => expect(await link.textContent()).toMatch(/1\syours2$/));
    await own.page.getByText("another person checks it").waitFor();
    const other = await signedIn(stage.browser, stage.desk, "chen", "/alerts?view=check");
    await other.rows.first().waitFor();
    expect(await other.page.getByTestId("rail").textContent()).not.toContain("yours");
  });

  test("of a held event the page says what helps, and tells of a hold that stays one", async () => {
    stage.double.add(heldEvent(Date.now(), "FIELD_MISSING", 7));
    const at = await signedIn(stage.browser, stage.desk, "hanna", "/alerts/hold-7");
    const main = at.page.getByRole("main");
    await soon(async () => expect(await main.textContent()).toMatch(/Get it from the sender.*does not mend this/));
    await at.page.getByRole("button", { name: "Rescreen" }).click();
    await soon(async () => expect(await at.notice.textContent()).toBe("It was screened again, and is held still."));
    expect(await at.page.getByTestId("rescreened").textContent()).toContain("held still");
    await expectState(at, "OPEN");
    await at.page.goto(`${stage.desk.url}/alerts/hold-2`);
    await soon(async () => expect(await main.textContent()).toContain("nobody releases it by hand"));
    expect(await main.textContent()).not.toContain("does not mend this");
  });
});
