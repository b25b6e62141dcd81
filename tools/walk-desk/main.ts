import { randomUUID } from "node:crypto";
import { mkdirSync } from "node:fs";
import { createInterface } from "node:readline";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";

import { createKafkaClient } from "@cordon/kafka";
import { markdownTable } from "@cordon/load-tests";
import { spawnSupervised } from "@cordon/local-stack";
import { createDecoder, createEncoder, schemaIdOf, schemaText, type Subject, topics } from "@cordon/schemas";
import { type Browser, chromium, type Page } from "playwright-core";

/*
 * `npm run walk:desk [-- FOLDER]`: starts the whole pipeline as `npm start` does, waits for hits, and goes the ways of people at the desk in a
 * browser, by keys and by mouse. Prints a table of what each took, in Markdown; what a person reads and thinks is not in it. With a
 * folder, each page is photographed there at three widths, light and dark.
 */

const start = fileURLToPath(new URL("../start/main.ts", import.meta.url));
const excerpt = fileURLToPath(new URL("../../data/gim/uk-gim.csv", import.meta.url));
const password = "the walk's own password";
const sentence = "Born a decade apart, by the passport on file.";

function say(text: string): void {
  process.stderr.write(`${text}\n`);
}

interface Running {
  /** Of the desk. */
  readonly url: string;
  readonly brokers: string;
}

async function withDesk(walk: (running: Running) => Promise<void>): Promise<void> {
  const pipeline = spawnSupervised(process.execPath, [start, "--rate", "150", "--list", `uk=${excerpt}`], {
    env: { ...process.env, DESK_DEMO_PASSWORD: password },
    output: "pipe",
    grace: 20,
  });
  const [url, brokers] = [Promise.withResolvers<string>(), Promise.withResolvers<string>()];
  const last: string[] = [];
  for (const stream of [pipeline.stdout, pipeline.stderr])
    if (stream !== null)
      createInterface({ input: stream }).on("line", (line) => {
        last.push(line);
        const found = /the alert desk: (http:\S+?);/.exec(line)?.[1];
        if (found !== undefined) url.resolve(found);
        const kafka = /\bKafka: (\S+?);/.exec(line)?.[1];
        if (kafka !== undefined) brokers.resolve(kafka);
      });
  const ended = pipeline.exited.then(({ code }) => {
    throw new Error(`npm start ended with ${String(code)}: ${last.slice(-5).join("\n")}`);
  });
  try {
    const ready = Promise.all([url.promise, brokers.promise]);
    const [desk, kafka] = await Promise.race([ready, ended]);
    await walk({ url: desk, brokers: kafka });
  } finally {
    await pipeline.stop();
    await ended.catch(() => {});
  }
}

async function at(browser: Browser, url: string, user: string): Promise<Page> {
  const context = await browser.newContext({
    viewport: { width: 1440, height: 900 },
    reducedMotion: "reduce",
    locale: "en-GB",
    timezoneId: "UTC",
  });
  context.setDefaultTimeout(60_000);
  const page = await context.newPage();
  await page.goto(url);
  await page.getByLabel("User").fill(user);
  await page.getByLabel("Password").fill(password);
  await page.getByRole("button", { name: "Sign in", exact: true }).click();
  await page.getByTestId("rail").waitFor();
  return page;
}

interface Way {
  readonly what: string;
  readonly by: "keys" | "mouse";
  /** Keys pressed or clicks made, but for the sentence. */
  readonly steps: number;
  /** Sentences typed. */
  readonly texts: number;
  readonly seconds: number;
}

const ways: Way[] = [];

type Control = "button" | "radio" | "checkbox" | "textbox";

/** A way on one page: each step is counted as it is made, from the first until it is done. */
function walkOn(page: Page) {
  let [steps, texts, began] = [0, 0, 0];
  const count = (): void => {
    if (steps === 0) began = performance.now();
    steps++;
  };
  const end = (what: string, by: Way["by"]): void => {
    const seconds = (performance.now() - began) / 1000;
    ways.push({ what, by, steps, texts, seconds });
    say(`${what}, by ${by}: ${String(steps)} steps, ${seconds.toFixed(1)} s`);
  };
  return {
    end,
    async keys(...names: readonly string[]): Promise<void> {
      for (const name of names) {
        count();
        await page.keyboard.press(name);
      }
    },
    async click(role: Control, name: string | RegExp): Promise<void> {
      count();
      await page.getByRole(role, { name }).first().click();
    },
    /** As people do: the capital letter that it begins with is typed with shift. */
    async type(text: string): Promise<void> {
      texts++;
      await page.keyboard.press(`Shift+${text.slice(0, 1)}`);
      await page.keyboard.type(text.slice(1));
    },
    /** Until the page says that it is done. */
    async done(what: string, by: Way["by"], sign: RegExp): Promise<void> {
      await page.getByTestId("notice").filter({ hasText: sign }).waitFor();
      end(what, by);
    },
  };
}

const proposed = /second person/i;

async function takeNext(page: Page, by: Way["by"]): Promise<void> {
  // Hits come one by one, and there must be one that nobody has.
  await page.waitForFunction(
    async () => {
      const { items } = (await (await fetch("/api/v1/alerts?view=queue")).json()) as { items: { state: string }[] };
      return items.some(({ state }) => state === "OPEN");
    },
    undefined,
    { polling: 1000, timeout: 180_000 },
  );
  const walk = walkOn(page);
  if (by === "keys") await walk.keys("n");
  else await walk.click("button", /^(Take the )?next/i);
  await page.locator('[data-testid="state"][data-state="TAKEN"]').waitFor();
  await page.getByTestId("disposition").waitFor();
  walk.end("take the next", by);
}

const decisions = {
  RELEASE: { key: "r", radio: "Somebody else", button: /^Propose release/, what: "release, a new pair" },
  REJECT: { key: "x", radio: "The listed person", button: /^Propose rejection/, what: "true match" },
  ESCALATE: { key: "e", radio: "Cannot tell", button: /^Escalate/, what: "cannot tell" },
} as const;

/** Of the alert that is open and taken. */
async function judge(page: Page, decision: keyof typeof decisions, by: Way["by"]): Promise<void> {
  const { key, radio, button, what } = decisions[decision];
  const walk = walkOn(page);
  const reasons = decision === "ESCALATE" ? 0 : decision === "REJECT" ? 1 : 2;
  if (by === "keys") {
    await walk.keys(key, ...["1", "2"].slice(0, reasons));
    await walk.type(sentence);
    await walk.keys("Control+Enter");
  } else {
    await walk.click("radio", radio);
    for (const name of [/^Birth date/, /^Nationality/].slice(0, reasons)) await walk.click("checkbox", name);
    await walk.click("textbox", "Rationale");
    await walk.type(sentence);
    await walk.click("button", button);
  }
  await walk.done(what, by, decision === "ESCALATE" ? /Escalated/ : proposed);
}

async function checks(page: Page, what: "agree" | "send back", by: Way["by"]): Promise<void> {
  await page.goto(new URL("/alerts?view=check", page.url()).href);
  await page.getByTestId("queue-row").first().click();
  await page.getByTestId("check").waitFor();
  const walk = walkOn(page);
  if (what === "agree") {
    if (by === "keys") await walk.keys("a");
    else await walk.click("button", /^Agree/);
  } else {
    if (by === "keys") await walk.keys("b");
    else await walk.click("textbox", "Note to the maker");
    await walk.type("Please say which document you have seen.");
    if (by === "keys") await walk.keys("Control+Enter");
    else await walk.click("button", /^Send back/);
  }
  await walk.done(`check: ${what}`, by, what === "agree" ? /agreed|released|rejected|waits/i : /back/i);
}

interface Place {
  readonly sourceTopic: string;
  readonly sourcePartition: number;
  readonly sourceOffset: number;
}

/** Where the payments lie that were released a moment ago. */
async function released(page: Page): Promise<readonly Place[]> {
  return page.evaluate(async () => {
    const listed = await fetch("/api/v1/alerts?view=closed");
    const { items } = (await listed.json()) as { items: { alertId: string; state: string }[] };
    const found: Place[] = [];
    for (const { alertId, state } of items)
      if (state === "RELEASED") found.push((await (await fetch(`/api/v1/alerts/${alertId}`)).json()) as Place);
    return found;
  });
}

/** The same party pays again: the payment of that place, under another id. Answers the id. */
async function payAgain(
  brokers: string,
  { sourceTopic: topic, sourcePartition, sourceOffset }: Place,
): Promise<string> {
  const subject: Subject = `${topic === topics.remittances ? topics.remittances : topics.payments}-value`;
  const kafka = createKafkaClient({ brokers: brokers.split(","), clientId: "walk" });
  const [reader, producer] = [await kafka.reader(), await kafka.producer()];
  const eventId = `walk-${randomUUID()}`;
  try {
    const from = BigInt(sourceOffset);
    await reader.read([{ topic, partition: sourcePartition, from, to: from + 1n }], async ({ records }) => {
      const value = records[0]?.value ?? null;
      const schemaId = schemaIdOf(value);
      if (value === null || schemaId === null) throw new Error("the payment is not in Kafka any more");
      const event = createDecoder(subject, schemaText(subject)).decode(value);
      await producer.send([
        {
          topic,
          key: Buffer.from(eventId),
          value: createEncoder(subject).encode({ ...event, eventId }, schemaId),
        },
      ]);
    });
  } finally {
    await Promise.all([reader.close(), producer.close()]);
  }
  return eventId;
}

async function alertOf(page: Page, eventId: string): Promise<string> {
  for (const until = Date.now() + 60_000; Date.now() < until; await sleep(500)) {
    const found = await page.evaluate(async (q) => {
      const { items } = (await (await fetch(`/api/v1/alerts?view=queue&q=${q}`)).json()) as {
        items: { alertId: string }[];
      };
      return items[0]?.alertId ?? null;
    }, eventId);
    if (found !== null) return found;
  }
  throw new Error("no alert of the payment that was made again has come");
}

async function again(page: Page, { url, brokers }: Running): Promise<void> {
  const places = await released(page);
  for (const by of ["keys", "mouse"] as const) {
    const place = places[by === "keys" ? 0 : 1];
    if (place === undefined) throw new Error("too few payments were released before");
    await page.goto(`${url}/alerts/${await alertOf(page, await payAgain(brokers, place))}`);
    await page.getByTestId("suggestion").waitFor();
    const walk = walkOn(page);
    if (by === "keys") await walk.keys("u", "Control+Enter");
    else {
      await walk.click("button", /^Use that reasoning/);
      await walk.click("button", /^Propose/);
    }
    await walk.done("release, judged before", by, proposed);
  }
}

/** A look-back, a shadow run and a list of customers, each until it is done: so that there is something to be seen. */
async function runJobs(page: Page, url: string): Promise<void> {
  await page.goto(`${url}/look-backs`);
  await page.getByRole("button", { name: "Start a look-back" }).click();
  const customers = ["Somebody Unlisted", "Goran Assad JALAL"].map((name, n) =>
    JSON.stringify({ id: `c-${String(n)}`, name, type: "PERSON" }),
  );
  await page
    .locator('input[type="file"]')
    .setInputFiles({ name: "customers.ndjson", mimeType: "text/plain", buffer: Buffer.from(customers.join("\n")) });
  await page.getByRole("button", { name: "Screen them" }).click();
  await page.goto(`${url}/shadow-runs`);
  await page.getByLabel("Threshold").fill("80");
  await page.getByLabel("Payments").fill("10000");
  await page.getByRole("button", { name: "Start a shadow run" }).click();
  await page.locator('[data-testid="job"][data-state="DONE"]').waitFor({ timeout: 300_000 });
  await page.goto(`${url}/look-backs`);
  for (const n of [0, 1])
    await page.locator('[data-testid="job"][data-state="DONE"]').nth(n).waitFor({ timeout: 300_000 });
}

async function photograph(browser: Browser, page: Page, folder: string): Promise<void> {
  mkdirSync(folder, { recursive: true });
  const { origin } = new URL(page.url());
  const cookies = await page.context().cookies();
  const rowed = await page.evaluate(async () => {
    const { items } = (await (await fetch("/api/v1/alerts?view=queue")).json()) as { items: { alertId: string }[] };
    return items[0]?.alertId ?? "none";
  });
  const pages = ["alerts?view=queue", `alerts/${rowed}`, "alerts?view=check", "alerts?view=closed", "good-guys"];
  for (const colorScheme of ["light", "dark"] as const)
    for (const [width, height] of [
      [360, 740],
      [768, 1024],
      [1440, 900],
    ] as const) {
      const context = await browser.newContext({ viewport: { width, height }, colorScheme, reducedMotion: "reduce" });
      await context.addCookies(cookies);
      const one = await context.newPage();
      for (const path of [...pages, "samples", "look-backs", "shadow-runs", "reports", "audit", "keys"]) {
        await one.goto(`${origin}/${path}`);
        await one.getByTestId("rail").waitFor();
        await one.waitForTimeout(700);
        const name = path.startsWith("alerts/") ? "alert" : path.replaceAll(/[^a-z-]+/g, "-");
        const photo = (what: string) =>
          one.screenshot({ path: `${folder}/${what}-${String(width)}-${colorScheme}.png` });
        await photo(name);
        if (name !== "alert") continue;
        await one.getByText("Decide it again").click();
        await one.getByRole("button", { name: "Replay" }).click();
        await one.getByTestId("replayed").waitFor();
        await one.getByTestId("replayed").scrollIntoViewIfNeeded();
        await photo("replay");
      }
      await context.close();
    }
}

function table(): string {
  return markdownTable(
    ["way", "by", "keys or clicks", "seconds of the machine"],
    ways.map(({ what, by, steps, texts, seconds }) => [
      what,
      by,
      `${String(steps)}${texts > 0 ? " + text" : ""}`,
      seconds.toFixed(1),
    ]),
  );
}

const executablePath = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"];

async function main(folder: string | undefined): Promise<void> {
  await withDesk(async (running) => {
    const { url } = running;
    const browser = await launch();
    try {
      const [hanna, chen] = [await at(browser, url, "hanna"), await at(browser, url, "chen")];
      say("waiting for hits");
      await hanna.getByTestId("queue-row").or(hanna.getByTestId("new-alerts")).first().waitFor({ timeout: 180_000 });
      for (const by of ["keys", "mouse"] as const) {
        for (const decision of ["RELEASE", "REJECT", "ESCALATE"] as const) {
          await hanna.goto(`${url}/alerts?view=queue`);
          await hanna.getByTestId("queue-row").first().waitFor();
          await takeNext(hanna, by);
          await judge(hanna, decision, by);
        }
        await checks(chen, "agree", by);
        await checks(chen, "send back", by);
      }
      await again(hanna, running);
      if (folder === undefined) return;
      await runJobs(chen, url);
      await photograph(browser, await at(browser, url, "auditor"), folder);
    } finally {
      await browser.close();
      process.stdout.write(`${table()}\n`);
    }
  });
}

async function launch(): Promise<Browser> {
  let failed: unknown;
  for (const path of executablePath) {
    try {
      return await chromium.launch({ executablePath: path, args: ["--no-sandbox", "--disable-dev-shm-usage"] });
    } catch (error) {
      failed = error;
    }
  }
  throw failed;
}

await main(process.argv[2]);
