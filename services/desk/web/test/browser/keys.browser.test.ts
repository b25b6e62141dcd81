import { describe, expect, test } from "vitest";

import type { Proposal } from "../../src/page/wire.ts";
import { skipsBrowser } from "./browser.ts";
import { type AtDesk, expectState, row, signedIn, soon } from "./desk-page.ts";
import { setStage } from "./stage.ts";

/* Hands that are faster than eyes, and sentences that nobody told the page of. */

interface Pressed {
  readonly key: string;
  readonly ctrlKey?: boolean;
}

const proposalOf = (maker: string, n: number): Proposal => ({
  id: `p-${String(n)}`,
  decision: "RELEASE",
  reasons: ["OTHER"],
  rationale: "It is somebody else.",
  maker,
});

describe.skipIf(skipsBrowser)("the keys of the desk", () => {
  const stage = setStage();

  const ids = (): readonly string[] =>
    [...stage.double.alerts.values()].filter((one) => !one.holdReason).map((one) => one.alertId);
  const agreed = (): readonly string[] => stage.double.requests.filter((request) => request.endsWith("/agree"));
  /** Three that wait for a checker, the first of them open by a click. */
  const threeToCheck = async (): Promise<AtDesk> => {
    for (const [n, id] of ids().slice(0, 3).entries())
      stage.double.change(id, { state: "PROPOSED", makers: ["hanna"], proposal: proposalOf("hanna", n) });
    const at = await signedIn(stage.browser, stage.desk, "chen", "/alerts?view=check");
    await row(at, ids()[0] ?? "").click();
    await at.page.getByTestId("check").waitFor();
    return at;
  };
  const next = (at: AtDesk): Promise<void> =>
    soon(async () => {
      expect(at.page.url()).toContain(ids()[1]);
      await at.page.getByTestId("check").waitFor();
    });

  /** A key that comes in the very moment in which another alert is there to be seen. */
  const pressOnSight = (at: AtDesk, alertId: string, press: Pressed): Promise<void> =>
    at.page.evaluate(
      ([name, init]) =>
        new Promise<void>((resolve) => {
          const observer = new MutationObserver(() => {
            if (document.querySelector("h2")?.textContent !== name) return;
            observer.disconnect();
            document.body.dispatchEvent(new KeyboardEvent("keydown", { ...init, bubbles: true, cancelable: true }));
            resolve();
          });
          observer.observe(document.body, { subtree: true, childList: true, characterData: true });
        }),
      [stage.double.alerts.get(alertId)?.name ?? "", press] as const,
    );

  test("A twice, as fast as a hand, agrees to one alert; after a moment it agrees to the next", async () => {
    const at = await threeToCheck();
    const second = pressOnSight(at, ids()[1] ?? "", { key: "a" });
    await at.page.keyboard.press("a");
    await second;
    await at.page.waitForTimeout(500);
    expect(agreed()).toHaveLength(1);
    await at.page.keyboard.press("a");
    await soon(async () => expect(agreed()).toHaveLength(2));
  });

  test("a key that is held down agrees once", async () => {
    const at = await threeToCheck();
    await at.page.keyboard.down("a");
    await next(at);
    for (let time = 0; time < 8; time++) {
      await at.page.waitForTimeout(100);
      await at.page.keyboard.down("a");
    }
    await at.page.keyboard.up("a");
    expect(agreed()).toHaveLength(1);
  });

  test("two fast clicks on Agree agree once", async () => {
    const at = await threeToCheck();
    const box = await at.page.getByRole("button", { name: "Agree" }).boundingBox();
    const { x, y } = { x: (box?.x ?? 0) + 20, y: (box?.y ?? 0) + 10 };
    await at.page.mouse.click(x, y, { clickCount: 1 });
    await next(at);
    // As a browser tells the second click of two.
    await at.page.mouse.move(x, y);
    await at.page.mouse.down({ clickCount: 2 });
    await at.page.mouse.up({ clickCount: 2 });
    await at.page.waitForTimeout(300);
    expect(agreed()).toHaveLength(1);
  });

  test("what a person opened takes keys at once", async () => {
    const at = await threeToCheck();
    await at.page.goto(`${stage.desk.url}/alerts/${ids()[0] ?? ""}`);
    await at.page.getByTestId("check").waitFor();
    await at.page.keyboard.press("a");
    await soon(async () => expect(agreed()).toHaveLength(1));
  });

  test("Control and Enter twice proposes once, though the next form is filled", async () => {
    const [first = "", second = ""] = ids();
    const at = await signedIn(stage.browser, stage.desk, "hanna", `/alerts/${second}`);
    await at.page.getByTestId("disposition").waitFor();
    for (const key of ["r", "1", "t"]) await at.page.keyboard.press(key);
    await at.page.keyboard.type("Born a decade apart.");
    await row(at, first).click();
    await at.page.getByRole("heading", { level: 2, name: stage.double.alerts.get(first)?.name ?? "" }).waitFor();
    for (const key of ["r", "1", "t"]) await at.page.keyboard.press(key);
    await at.page.keyboard.type("Another country.");
    const again = pressOnSight(at, second, { key: "Enter", ctrlKey: true });
    await at.page.keyboard.press("Control+Enter");
    await again;
    await at.page.waitForTimeout(500);
    expect(stage.double.alerts.get(first)?.state).toBe("PROPOSED");
    expect(stage.double.alerts.get(second)?.state).toBe("OPEN");
  });

  test.each([
    ["not the same person", ["r", "1", "2"]],
    ["expired long ago, another one", ["r", "1"]],
    ["born in 1991, not in 1980", ["r"]],
    ["no way to tell them apart", ["e"]],
    ["known customer since 2019", ["r", "8"]],
  ])("the sentence %j goes into the text, letter for letter", async (sentence, keys) => {
    const [first = ""] = ids();
    const at = await signedIn(stage.browser, stage.desk, "hanna", `/alerts/${first}`);
    await at.page.getByTestId("disposition").waitFor();
    for (const key of keys) await at.page.keyboard.press(key);
    await at.page.keyboard.type(sentence);
    await soon(async () => expect(await at.rationale.inputValue()).toBe(sentence));
    const decision = keys[0] === "e" ? "Cannot tell" : "Somebody else";
    expect(await at.page.getByRole("radio", { name: decision }).isChecked()).toBe(true);
    expect(at.page.url()).toContain(first);
    expect(stage.double.requests.filter((request) => request.endsWith("/next"))).toEqual([]);
  });

  test("after Escape letters are keys again, and what was written stays with its alert", async () => {
    const [first = ""] = ids();
    const at = await signedIn(stage.browser, stage.desk, "hanna", `/alerts/${first}`);
    await at.page.getByTestId("disposition").waitFor();
    for (const key of ["r", "1"]) await at.page.keyboard.press(key);
    await at.page.keyboard.type("not the same");
    await at.page.keyboard.press("Escape");
    await at.page.keyboard.press("x");
    expect(await at.page.getByRole("radio", { name: "The listed person" }).isChecked()).toBe(true);
    // Something was chosen: the sentence goes on.
    await at.page.keyboard.press("n");
    expect(await at.rationale.inputValue()).toBe("not the samen");
    await at.page.keyboard.press("Escape");
    await at.page.keyboard.press("n");
    await expectState(at, "TAKEN");
    expect(stage.double.requests.filter((request) => request.endsWith("/next"))).toHaveLength(1);
    await row(at, first).click();
    await soon(async () => expect(await at.rationale.inputValue()).toBe("not the samen"));
  });

  test("U twice fills the form once, and G, T and digits go on acting when it is said who it is and why", async () => {
    const id = ids()[2] ?? "";
    const at = await signedIn(stage.browser, stage.desk, "hanna", `/alerts/${id}`);
    await at.page.getByTestId("disposition").waitFor();
    await at.page.keyboard.press("u");
    await at.page.keyboard.press("u");
    await soon(async () => expect(await at.rationale.inputValue()).toMatch(/^Born 1991.*2019\.$/));
    for (const key of ["g", "3", "t"]) await at.page.keyboard.press(key);
    await at.page.keyboard.type(" So it is.");
    expect(await at.rationale.inputValue()).toMatch(/2019\. So it is\.$/);
    expect(await at.page.getByRole("checkbox", { name: "Country" }).isChecked()).toBe(true);
    expect(await at.page.getByRole("checkbox", { name: "Good guy" }).isChecked()).toBe(true);
  });

  test("in the middle of a note no letter agrees", async () => {
    const at = await threeToCheck();
    await at.page.keyboard.press("b");
    await at.page.keyboard.type("Which passport, ");
    await at.page.getByRole("heading", { level: 2 }).click();
    await at.page.keyboard.type("and of when?");
    const note = at.page.getByRole("textbox", { name: "Note to the maker" });
    expect(await note.inputValue()).toBe("Which passport, and of when?");
    expect(agreed()).toEqual([]);
    await at.page.keyboard.press("Escape");
    await at.page.keyboard.press("a");
    await soon(async () => expect(agreed()).toHaveLength(1));
  });
});
