import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";

import { compilePolicy, paymentToScreen, remittanceToScreen, screenEvent } from "@cordon/decisions";
import { compileSnapshot, designationId, openSnapshot, newDesignation } from "@cordon/matching";
import { type Converted, convertMessage, type EventType } from "@cordon/messages";
import {
  faultIn,
  finMessage,
  finTypes,
  isoFamilies,
  isoMessage,
  jsonMessage,
  mutated,
  randomChoice,
  seeded,
} from "@cordon/messages/testing";

const help = `Reads spoilt payment messages for as long as you like: made by a grammar, kept in packages/messages/test/corpus, and the real ones of
../shared/data/messages, each changed here and there.

  npm run fuzz:messages -- [--minutes 60] [--seed 1]

Of each: no exception, no message without an answer, the same in pieces, every text where it is told to be, every event a record of its
schema, two seconds at most; a listed name that is put in the place of a text is never clear. Of all: memory that does not grow.
Exit code 1 at the first fault; the message is in .reports/fuzz then.
`;

const root = fileURLToPath(new URL("../..", import.meta.url));
const MOST_MILLISECONDS = 2000;
const MOST_GROWTH = 100 * 2 ** 20;
const NAME = "Goran Jalal Rasulov";

const index = openSnapshot(
  compileSnapshot([
    newDesignation({
      id: designationId("uk", "A1"),
      list: "uk",
      type: "PERSON",
      names: [{ text: NAME, kind: "PRIMARY", strength: "STRONG" }],
      regime: "Test regime",
    }),
  ]),
);
const policy = compilePolicy();

interface Input {
  readonly bytes: Uint8Array;
  readonly type: EventType;
}

function filesBelow(folder: string): readonly string[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder).flatMap((name) => {
    const path = join(folder, name);
    return statSync(path).isDirectory() ? filesBelow(path) : /\.(?:xml|fin|json)$/.test(name) ? [path] : [];
  });
}

function pick<T>(items: readonly T[], random: () => number): T {
  return items[Math.floor(random() * items.length)]!;
}

function made(random: () => number): Input {
  const choice = randomChoice(random, 0.1 + random() * 0.5);
  const text = (): { readonly text: string; readonly type?: EventType } => {
    const draw = random();
    if (draw < 0.4) return { text: isoMessage(pick(isoFamilies, random), choice) };
    if (draw < 0.85) return { text: finMessage(pick(finTypes, random), choice) };
    const type = pick(["payment", "remittance"] as const, random);
    return { text: jsonMessage(type, choice), type };
  };
  const { text: said, type = "payment" } = text();
  return { bytes: Buffer.from(said), type };
}

/** Whether all that became of it is clear. */
function isClear(converted: readonly Converted[]): boolean {
  return converted.every((one) => {
    if (one.kind === "error") return false;
    const event = one.kind === "payment" ? paymentToScreen(one.event) : remittanceToScreen(one.event);
    return screenEvent(event, index, policy, { indexAge: 0, at: 0 }).kind === "clear";
  });
}

/** A listed name in the place of one of its texts. */
function plantedIsClear(
  bytes: Uint8Array,
  options: { readonly receivedAt: number; readonly type: EventType },
  random: () => number,
): string | null {
  const text = Buffer.from(bytes).toString("utf8");
  if (!Buffer.from(text).equals(bytes) || text.startsWith("\uFEFF")) return null;
  const fields = convertMessage(bytes, options).flatMap((one) => (one.kind === "error" ? [] : one.fields));
  const field = fields.length === 0 ? undefined : pick(fields, random);
  if (field === undefined) return null;
  const name = text.includes("{4:") ? NAME.toUpperCase() : NAME;
  const planted = text.slice(0, field.start) + name + text.slice(field.end);
  return isClear(convertMessage(Buffer.from(planted), options)) ? `a listed name in ${field.path} is clear` : null;
}

function heap(): number {
  globalThis.gc?.();
  return process.memoryUsage().heapUsed;
}

function run(minutes: number, seed: number): number {
  const random = seeded(seed);
  const kept = [
    ...filesBelow(join(root, "packages/messages/test/corpus")),
    ...filesBelow(join(root, "../shared/data/messages")),
  ].map((file): Input => ({ bytes: readFileSync(file), type: file.includes("remittance") ? "remittance" : "payment" }));
  const until = Date.now() + minutes * 60_000;
  const tally = { messages: 0, planted: 0, events: 0, refused: 0, slowest: 0 };
  let first = 0;
  let told = Date.now();
  while (Date.now() < until) {
    const base = kept.length > 0 && random() < 0.5 ? pick(kept, random) : made(random);
    const other = kept.length > 0 ? pick(kept, random) : made(random);
    const bytes = random() < 0.1 ? base.bytes : mutated(base.bytes, other.bytes, random);
    const options = { receivedAt: 1, type: base.type };
    const began = performance.now();
    const fault = attempt(() => {
      const converted = convertMessage(bytes, options);
      tally.slowest = Math.max(tally.slowest, performance.now() - began);
      for (const { kind } of converted) {
        if (kind === "error") tally.refused++;
        else tally.events++;
      }
      if (performance.now() - began > MOST_MILLISECONDS) return "it takes too long";
      const wrong = faultIn(bytes, 1 + Math.floor(random() * Math.max(1, bytes.length)), options);
      if (wrong !== null || random() > 0.3) return wrong;
      tally.planted++;
      return plantedIsClear(bytes, options, random);
    });
    tally.messages++;
    if (fault !== null) return blame(fault, bytes, seed, tally.messages);
    if (tally.messages === 2000) first = heap();
    if (Date.now() - told < 30_000) continue;
    told = Date.now();
    const grown = first === 0 ? 0 : heap() - first;
    console.log(summary(tally, grown));
    if (grown > MOST_GROWTH) return blame("memory grows", bytes, seed, tally.messages);
  }
  console.log(summary(tally, first === 0 ? 0 : heap() - first));
  return 0;
}

function attempt(step: () => string | null): string | null {
  try {
    return step();
  } catch (error) {
    return error instanceof Error ? (error.stack ?? error.message) : "thrown";
  }
}

function blame(fault: string, bytes: Uint8Array, seed: number, message: number): number {
  const folder = join(root, ".reports/fuzz");
  mkdirSync(folder, { recursive: true });
  const file = join(folder, `seed-${String(seed)}-message-${String(message)}`);
  writeFileSync(file, bytes);
  console.error(`${fault}\nThe message is in ${file}.`);
  return 1;
}

function summary(tally: Readonly<Record<string, number>>, grown: number): string {
  const { messages, planted, events, refused, slowest } = tally as Record<
    "messages" | "planted" | "events" | "refused" | "slowest",
    number
  >;
  return `${String(messages)} messages: ${String(events)} events, ${String(refused)} refused; ${String(planted)} names put in; slowest ${slowest.toFixed(0)} ms; heap ${(grown / 2 ** 20).toFixed(1)} MB more than at first`;
}

const { values } = parseArgs({
  options: { minutes: { type: "string" }, seed: { type: "string" }, help: { type: "boolean" } },
});
if (values.help === true) console.log(help);
else process.exitCode = run(Number(values.minutes ?? 60), Number(values.seed ?? Date.now() % 2 ** 31));
