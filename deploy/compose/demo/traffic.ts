import { parseArgs } from "node:util";

import type { Alert } from "@cordon/schemas";

import { openSession } from "../../../tools/start/session.ts";
import { passed, summaryLines } from "../../../tools/start/summary.ts";

/*
 * `traffic.ts [--rate N] [--events N]`: synthetic payments and remittances with known answers, through Kafka like any
 * producer. With --events it ends with a summary and exit code 1 when anything was lost, missed or wrongly cleared.
 */
const { values } = parseArgs({ options: { rate: { type: "string" }, events: { type: "string" } } });

function positive(name: "rate" | "events"): number | null {
  const given = values[name];
  if (given === undefined) return null;
  if (/^[1-9]\d{0,8}$/.test(given)) return Number(given);
  process.stderr.write(`--${name} is "${given}", expected a whole number above 0\n`);
  process.exit(2);
}

const rate = positive("rate");
const events = positive("events");
const ended = new AbortController();
for (const signal of ["SIGTERM", "SIGINT"] as const)
  process.on(signal, () => {
    ended.abort();
  });

function say(line: string): void {
  process.stdout.write(`${line}\n`);
}

let shown = 0;
function onAlert({ eventId, matches }: Alert): void {
  const [best] = matches;
  if (best === undefined || (events !== null && shown >= 10)) return;
  shown += 1;
  const reasons = best.reasons.map(({ kind }) => kind).join(", ");
  say(`ALERT ${eventId}: ${best.designationId}, score ${String(best.score)}, in ${best.field.path}: ${reasons}`);
}

const session = await openSession({
  environment: process.env,
  plantedEvery: events === null ? 500 : Math.max(5, Math.min(500, Math.floor(events / 20))),
  onAlert,
  onRetry: () => {
    say("Kafka did not take a batch; sending it again");
  },
});
const until = AbortSignal.any([ended.signal, session.failed]);

function status(): string {
  const { sent, decided, outcomes, wronglyCleared } = session.ledger.totals();
  const { CLEAR, HIT, HOLD } = outcomes;
  const { p50, p99 } = { p50: session.ledger.latency.percentile(50), p99: session.ledger.latency.percentile(99) };
  return `${String(sent)} sent, ${String(decided)} decided: CLEAR ${String(CLEAR)}, HIT ${String(HIT)}, HOLD ${String(HOLD)}; wrongly cleared ${String(wronglyCleared)}; p50 ${String(p50)} ms, p99 ${String(p99)} ms`;
}

/** Waits until all is decided and every planted name found, or nothing moves for a minute. */
async function settled(): Promise<void> {
  let last = { text: "", at: Date.now() };
  while (!until.aborted) {
    const { pending } = session.ledger.totals();
    const { sent, found } = session.planted.counts();
    if (pending === 0 && sent === found) return;
    const text = `${String(pending)} ${String(found)}`;
    if (text !== last.text) last = { text, at: Date.now() };
    if (Date.now() - last.at > 60_000) return;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}

await session.listen(until);
const began = Date.now();
const telling = setInterval(() => {
  say(status());
}, 10_000);
await session.send({ rate, events, mostPending: 10_000, signal: until });
if (events !== null) await settled();
clearInterval(telling);
const { ledger, planted } = session;
const facts = {
  totals: ledger.totals(),
  goal: events,
  planted: planted.hits(),
  missing: ledger.missing(10).map((number) => session.idOf(number)),
  seconds: (Date.now() - began) / 1000,
  latency: {
    p50: ledger.latency.percentile(50),
    p95: ledger.latency.percentile(95),
    p99: ledger.latency.percentile(99),
    worst: ledger.latency.percentile(100),
  },
  restarts: 0,
};
await session.close();
if (events === null) say(status());
else for (const line of summaryLines(facts)) say(line);
process.exit(session.failed.aborted || (events !== null && !passed(facts)) ? 1 : 0);
