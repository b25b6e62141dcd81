import { readFileSync, writeFileSync } from "node:fs";

import { newParty, type Payment } from "@cordon/schemas";
import type { Page } from "playwright-core";

import { type Payments, type Place, until } from "./payments.ts";
import { hasPython, readInPython } from "./read-in-python.ts";
import { type Walk, walkOn } from "./walk-on.ts";

export interface Story {
  /** A handler's page, and a checker's. */
  readonly maker: Page;
  readonly checker: Page;
  readonly payments: Payments;
  readonly url: string;
  readonly brokers: string;
  readonly registry: string;
  /** The list in use, which is read again soon after it is replaced. */
  readonly list: string;
  readonly photo: (page: Page, what: string) => Promise<void>;
  readonly say: (text: string) => void;
}

const sentence = "Born a decade apart, by the passport on file.";

/** What is at the desk on an event, once it is there. */
async function alertOn(page: Page, eventId: string, view: "queue" | "holds"): Promise<string> {
  return await until(`an alert on ${eventId}`, () =>
    page.evaluate(
      async ([q, of]) => {
        const { items } = (await (await fetch(`/api/v1/alerts?view=${of}&q=${q}`)).json()) as {
          items: { alertId: string }[];
        };
        return items[0]?.alertId ?? null;
      },
      [eventId, view] as const,
    ),
  );
}

async function opens(page: Page, { url }: Story, alertId: string): Promise<void> {
  await page.goto(`${url}/alerts/${alertId}`);
  await page.locator(`[data-testid="state"]`).waitFor();
}

async function isIn(page: Page, state: string): Promise<void> {
  await page.locator(`[data-testid="state"][data-state="${state}"]`).waitFor();
}

/** Agrees to what lies on that alert, and waits until it is released. */
async function agrees(story: Story, alertId: string, by: Walk["by"]): Promise<void> {
  const { checker } = story;
  await opens(checker, story, alertId);
  await checker.getByTestId("check").waitFor();
  const walk = walkOn(checker);
  if (by === "keys") await walk.keys("a");
  else await walk.click("button", /^Agree/);
  await walk.done("check: agree", by, /agreed|released|rejected|waits/i);
  await opens(checker, story, alertId);
  await isIn(checker, "RELEASED");
}

/** A pair that was judged before shows its earlier judgement; that is used, checked by another, and the payment is released. */
export async function judgedBefore(story: Story, places: readonly Place[]): Promise<void> {
  const { maker, payments, photo, say } = story;
  for (const by of ["keys", "mouse"] as const) {
    const place = places[by === "keys" ? 0 : 1];
    if (place === undefined) throw new Error("too few payments were released before");
    const eventId = await payments.payAgain(place);
    const alertId = await alertOn(maker, eventId, "queue");
    await opens(maker, story, alertId);
    await maker.getByTestId("suggestion").waitFor();
    await photo(maker, `judged-before-${by}`);
    const walk = walkOn(maker);
    if (by === "keys") await walk.keys("u", "Control+Enter");
    else {
      await walk.click("button", /^Use that reasoning/);
      await walk.click("button", /^Propose/);
    }
    await walk.done("release, judged before", by, /second person/i);
    await agrees(story, alertId, by);
    await photo(story.checker, `judged-before-released-${by}`);
    say(`${eventId}: judged before, and released`);
  }
}

/** A payment that was decided too late is held; screened again from the page it is clear, and leaves the list. */
export async function heldAndRescreened(story: Story): Promise<void> {
  const { maker, payments, photo, say } = story;
  const eventId = await payments.pay({ decideBy: Date.now() - 1000 });
  const { holdReason } = await payments.decisionOn(eventId);
  if (holdReason !== "DEADLINE_PASSED") throw new Error(`held for ${String(holdReason)}`);
  const alertId = await alertOn(maker, eventId, "holds");
  await opens(maker, story, alertId);
  await photo(maker, "held");
  const walk = walkOn(maker);
  await walk.click("button", "Rescreen");
  await isIn(maker, "SUPERSEDED");
  walk.end("rescreen a held payment, until it is clear", "mouse");
  await photo(maker, "held-rescreened");
  const { outcome } = await payments.decisionOn(eventId);
  if (outcome !== "CLEAR") throw new Error(`screened again it is ${outcome}`);
  say(`${eventId}: held as ${holdReason}, screened again: ${outcome}`);
}

/** Of whom enough is known to be one person, and who is not the listed one. */
const customer: Pick<Payment, "parties"> = {
  parties: [
    {
      ...newParty("DEBTOR", "Yassine Al-Kasaoui", "PERSON"),
      birthDate: "2001-11-30",
      nationalities: ["BE"],
      residence: "BE",
    },
    newParty("CREDITOR", "Oliver Baker", "PERSON"),
  ],
};

/**
 * A good guy is made with a release and agreed to by another; the same party pays again: CLEAR, with its stamp. The entry is amended: the
 * next payment alerts.
 */
export async function goodGuy(story: Story): Promise<void> {
  const { maker, checker, payments, photo, say, url } = story;
  const first = await payments.pay(customer);
  const alertId = await alertOn(maker, first, "queue");
  await opens(maker, story, alertId);
  await maker.getByTestId("disposition").waitFor();
  const walk = walkOn(maker);
  await walk.keys("r", "1", "g");
  await walk.type(sentence);
  await photo(maker, "good-guy-proposed");
  await walk.keys("Control+Enter");
  await walk.done("release with a good guy", "keys", /second person/i);
  await agrees(story, alertId, "keys");
  await readElsewhere(story, first);
  await checker.goto(`${url}/good-guys`);
  const card = checker.getByTestId("good-guy").filter({ hasText: "Yassine Al-Kasaoui" }).first();
  await card.getByRole("button", { name: "Agree" }).click();
  await card.and(checker.locator('[data-state="ACTIVE"]')).waitFor();
  await photo(checker, "good-guy-active");
  const stamped = await until(
    "a CLEAR with a stamp",
    async () => {
      const decision = await payments.decisionOn(await payments.pay(customer));
      return decision.outcome === "CLEAR" ? decision : null;
    },
    2,
  );
  const setAside = stamped.setAside.map(({ designationId, goodGuyId }) => `${designationId} by ${String(goodGuyId)}`);
  if (stamped.goodGuys === null || setAside.length === 0) throw new Error("the CLEAR has no stamp of good guys");
  say(`${stamped.eventId}: CLEAR, ${setAside.join(", ")} of set ${String(stamped.goodGuys.generation)}`);
  amend(story.list);
  const alerted = await until(
    "an alert after the entry was amended",
    async () => {
      const eventId = await payments.pay(customer);
      return (await payments.decisionOn(eventId)).outcome === "HIT" ? eventId : null;
    },
    3,
  );
  await opens(maker, story, await alertOn(maker, alerted, "queue"));
  await photo(maker, "good-guy-entry-amended");
  await checker.goto(`${url}/good-guys`);
  await card.and(checker.locator('[data-state="SUSPENDED"]')).waitFor();
  await photo(checker, "good-guy-suspended");
  say(`${alerted}: HIT, for the entry was amended; the good guy is suspended`);
}

/** Another spelling of the entry's name, in an edition of the next day. */
function amend(list: string): void {
  const text = readFileSync(list, "utf8");
  const after = text.replace("29-Apr-2026", "30-Apr-2026").replace(",El Kazawi,", ",El Kazaouiy,");
  if (after === text) throw new Error("the list does not hold what is to be amended");
  writeFileSync(list, after);
}

async function readElsewhere({ brokers, registry, say }: Story, eventId: string): Promise<void> {
  if (hasPython()) say(`in Python: ${await readInPython(eventId, { brokers, registry })}`);
  else
    say("no python3 with confluent-kafka[avro,schemaregistry] is on PATH: reading a disposition in Python is LEFT OUT");
}
