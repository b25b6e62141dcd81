import { copyFileSync, mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";

import { markdownTable } from "@cordon/load-tests";
import { spawnSupervised } from "@cordon/local-stack";
import { type Browser, chromium, type Page } from "playwright-core";

import { connectPayments, type Place, until } from "./payments.ts";
import { goodGuy, heldAndRescreened, judgedBefore } from "./story.ts";
import { type Walk, walkOn, walks } from "./walk-on.ts";

/*
 * `npm run walk:desk [-- FOLDER]`: starts the whole pipeline as `npm start` does, waits for hits, and goes the ways of people at the desk in a
 * browser, by keys and by mouse: also what was judged before, a payment that was held, a good guy whose entry is amended, and a
 * disposition read in Python. Prints a table of what each took, in Markdown; what a person reads and thinks is not in it. With a folder,
 * steps are photographed there, and each page at three widths, light and dark; and what was on the pages when the walk failed.
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
  readonly registry: string;
  /** A copy of the list in use, which may be replaced. */
  readonly list: string;
}

async function withDesk(walk: (running: Running) => Promise<void>): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), "cordon-walk-"));
  const list = join(folder, "uk.csv");
  copyFileSync(excerpt, list);
  const pipeline = spawnSupervised(process.execPath, [start, "--rate", "150", "--list", `uk=${list}`], {
    env: { ...process.env, DESK_DEMO_PASSWORD: password },
    output: "pipe",
    grace: 20,
  });
  const url = Promise.withResolvers<string>();
  const kafka = Promise.withResolvers<{ readonly brokers: string; readonly registry: string }>();
  const last: string[] = [];
  for (const stream of [pipeline.stdout, pipeline.stderr])
    if (stream !== null)
      createInterface({ input: stream }).on("line", (line) => {
        last.push(line);
        const found = /the alert desk: (http:\S+?);/.exec(line)?.[1];
        if (found !== undefined) url.resolve(found);
        const [, brokers, registry] = /\bKafka: (\S+?); schema registry: (\S+)/.exec(line) ?? [];
        if (brokers !== undefined && registry !== undefined) kafka.resolve({ brokers, registry });
      });
  const ended = pipeline.exited.then(({ code }) => {
    throw new Error(`npm start ended with ${String(code)}: ${last.slice(-5).join("\n")}`);
  });
  try {
    const ready = Promise.all([url.promise, kafka.promise]);
    const [desk, addresses] = await Promise.race([ready, ended]);
    await walk({ url: desk, ...addresses, list });
  } finally {
    await pipeline.stop();
    await ended.catch(() => {});
    rmSync(folder, { recursive: true, force: true });
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

const proposed = /second person/i;

async function takeNext(page: Page, by: Walk["by"]): Promise<void> {
  // Hits come one by one, and there must be one that nobody has: a predicate that is a promise would be taken for yes.
  const isOpen = (): Promise<true | null> =>
    page.evaluate(async () => {
      const { items } = (await (await fetch("/api/v1/alerts?view=queue")).json()) as { items: { state: string }[] };
      return items.some(({ state }) => state === "OPEN") ? true : null;
    });
  await until("an alert that nobody has", isOpen, 3);
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
async function judge(page: Page, decision: keyof typeof decisions, by: Walk["by"]): Promise<void> {
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

async function checks(page: Page, what: "agree" | "send back", by: Walk["by"]): Promise<void> {
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

/** A look-back, a shadow run and a list of customers, each until it is done: so that there is something to be seen. */
async function runJobs(page: Page, url: string): Promise<void> {
  await page.goto(`${url}/look-backs`);
  const customers = ["Somebody Unlisted", "Goran Assad JALAL"].map((name, n) =>
    JSON.stringify({ id: `c-${String(n)}`, name, type: "PERSON" }),
  );
  await page
    .locator('input[type="file"]')
    .setInputFiles({ name: "customers.ndjson", mimeType: "text/plain", buffer: Buffer.from(customers.join("\n")) });
  await page.getByRole("button", { name: "Screen them" }).click();
  await page.locator('[data-testid="job"][data-state="DONE"]').waitFor({ timeout: 300_000 });
  await page.goto(`${url}/shadow-runs`);
  await page.getByLabel("Threshold").fill("80");
  await page.getByLabel("Payments").fill("10000");
  await page.getByRole("button", { name: "Start a shadow run" }).click();
  await page.locator('[data-testid="job"][data-state="DONE"]').waitFor({ timeout: 300_000 });
  await page.goto(`${url}/look-backs`);
  // The list was changed: second-look looks back by itself, and one look-back is made at a time.
  await until("a look-back that is done", () => lookBack(page), 5);
}

/** Starts one, and waits for its end; null where it failed. */
async function lookBack(page: Page): Promise<true | null> {
  const jobs = page.getByRole("group", { name: /^look.backs/i }).getByTestId("job");
  const before = await jobs.count();
  await page.getByRole("button", { name: "Start a look-back" }).click();
  await jobs.nth(before).waitFor();
  const newest = jobs.first();
  await newest.and(page.locator('[data-state="DONE"], [data-state="FAILED"]')).waitFor({ timeout: 300_000 });
  if ((await newest.getAttribute("data-state")) === "DONE") return true;
  await page.waitForTimeout(15_000);
  return null;
}

async function photograph(browser: Browser, page: Page, folder: string): Promise<void> {
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
    walks.map(({ what, by, steps, texts, seconds }) => [
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
    const pages: Page[] = [];
    const photo = async (page: Page, what: string): Promise<void> => {
      if (folder !== undefined) await page.screenshot({ path: join(folder, `walk-${what}.png`) });
    };
    if (folder !== undefined) mkdirSync(folder, { recursive: true });
    try {
      const [hanna, chen] = [await at(browser, url, "hanna"), await at(browser, url, "chen")];
      pages.push(hanna, chen);
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
      const payments = await connectPayments(running.brokers, running.registry);
      try {
        const story = { ...running, maker: hanna, checker: chen, payments, photo, say };
        await judgedBefore(story, await released(hanna));
        await heldAndRescreened(story);
        await goodGuy(story);
      } finally {
        await payments.close();
      }
      if (folder === undefined) return;
      await runJobs(chen, url);
      await photograph(browser, await at(browser, url, "auditor"), folder);
    } catch (error) {
      for (const [number, page] of pages.entries()) await photo(page, `failed-${String(number)}`);
      throw error;
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
