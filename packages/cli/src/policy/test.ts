import {
  paymentToScreen,
  type Policy,
  remittanceToScreen,
  type ScreenableEvent,
  screenEvent,
  type ScreeningOutcome,
} from "@cordon/decisions";
import type { ScreeningIndex } from "@cordon/matching";
import { type ConvertedEvent, readMessage } from "@cordon/messages";

import { linesOf } from "../lines.ts";
import { table } from "../lists/table.ts";
import { openIndex } from "../open-index.ts";
import { type Output, outputTo, progressOn, type Terminal } from "../terminal.ts";
import { UsageError } from "../usage-error.ts";
import { policyOfEnvironment, readPolicyAt } from "./read.ts";

export interface TestOptions {
  readonly file: string;
  readonly index: string;
  /** Null: the policy of the environment. */
  readonly against: string | null;
  readonly json: boolean;
}

/** What one policy makes of an event. */
interface Decided {
  readonly outcome: "CLEAR" | "HIT" | "HOLD";
  readonly holdReason: string | null;
  /** `uk:GIM0014 parties[1].name`, of a hit. */
  readonly matches: readonly string[];
  readonly fieldsLeftOut: number;
  readonly told: readonly string[];
}

/** Decides every event of stdin by both policies, and tells those that differ. Throws UsageError. */
export async function testPolicy(
  { file, index: path, against, json }: TestOptions,
  terminal: Terminal,
): Promise<number> {
  const after = await goodPolicy(file, terminal);
  const before = against === null ? policyOfEnvironment(terminal) : await goodPolicy(against, terminal);
  const index = await openIndex(path);
  const output = outputTo(terminal.stdout);
  const progress = progressOn(terminal);
  const rails = new Map<string, Counts>();
  let done = 0;
  for await (const lines of linesOf(terminal.stdin)) {
    let text = "";
    for (const { number, text: line } of lines) {
      if (line.trim() === "") continue;
      const { rail, event } = readEvent(line, number);
      const [was, is] = [before, after].map((policy) => decide(event, index, policy)) as [Decided, Decided];
      const changed = JSON.stringify(was) !== JSON.stringify(is);
      count(rails, rail, { was, is, changed });
      if (changed) text += told({ line: number, eventId: event.eventId, rail }, { was, is, json });
      done += 1;
    }
    progress.to(done, "events");
    if (text !== "" && !(await output.write(text))) return 0;
  }
  progress.end();
  if (done === 0) throw new UsageError("there is no event on stdin");
  await summarise(output, { before, after, rails, json });
  return [...rails.values()].some(({ changed }) => changed > 0) ? 1 : 0;
}

async function goodPolicy(file: string, terminal: Terminal): Promise<Policy> {
  const read = await readPolicyAt(file, terminal);
  if (read.kind === "policy") return read.policy;
  const [{ line, column, message }, ...others] = read.faults;
  const more = others.length === 0 ? "" : `, and ${String(others.length)} more`;
  throw new UsageError(
    `${file}: line ${String(line)}, column ${String(column)}: ${message}${more}; "cordon policy check" tells all`,
  );
}

function readEvent(text: string, line: number): { readonly rail: string; readonly event: ScreenableEvent } {
  const one = convert(text, line);
  if (one.kind === "payment") return { rail: one.event.rail, event: paymentToScreen(one.event) };
  return { rail: one.event.channel, event: remittanceToScreen(one.event) };
}

/** A line of `cordon message --json`, or the event itself. */
function convert(text: string, line: number): ConvertedEvent {
  const wrong = (why: string, cause?: unknown): UsageError =>
    new UsageError(`line ${String(line)} is no event: ${why}`, { cause });
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    throw wrong("it is not JSON", error);
  }
  if (typeof value !== "object" || value === null) throw wrong("it is no object");
  const inner = "event" in value ? value.event : value;
  if (typeof inner !== "object" || inner === null) throw wrong("it is no object");
  const type = "sender" in inner || "channel" in inner ? "remittance" : "payment";
  const bytes = new TextEncoder().encode(JSON.stringify(inner));
  const read = readMessage(bytes, { receivedAt: 0, format: "json", type });
  if (read.kind === "refused")
    throw wrong(`${read.message}${read.where.path === undefined ? "" : ` (${read.where.path})`}`);
  return read.events[0];
}

function decide(event: ScreenableEvent, index: ScreeningIndex, policy: Policy): Decided {
  const timeless = { ...event, decideBy: null, createdAt: null };
  const outcome = screenEvent(timeless, index, policy, { indexAge: 0, at: 0 });
  return {
    outcome: ({ clear: "CLEAR", hit: "HIT", hold: "HOLD" } as const)[outcome.kind],
    holdReason: outcome.kind === "hold" ? outcome.reason : null,
    matches: outcome.kind === "hit" ? matchesOf(outcome) : [],
    fieldsLeftOut: outcome.fieldsLeftOut,
    told: outcome.told.map(({ kind, designationId, path }) => [kind, designationId, path].filter(Boolean).join(" ")),
  };
}

function matchesOf({ matches }: Extract<ScreeningOutcome, { readonly kind: "hit" }>): readonly string[] {
  return matches.map(({ designation, field }) => `${designation.id} ${field.path}`);
}

interface Changed {
  readonly was: Decided;
  readonly is: Decided;
}

function told(
  { line, eventId, rail }: { readonly line: number; readonly eventId: string; readonly rail: string },
  { was, is, json }: Changed & { readonly json: boolean },
): string {
  if (json) return `${JSON.stringify({ line, eventId, rail, before: was, after: is })}\n`;
  return `line ${String(line)}  ${eventId}  ${rail}: ${spelt(was)} -> ${spelt(is)}\n`;
}

function spelt({ outcome, holdReason, matches, fieldsLeftOut, told: findings }: Decided): string {
  const parts = [holdReason, ...matches, ...findings, fieldsLeftOut > 0 ? `${String(fieldsLeftOut)} left out` : null];
  const more = parts.filter((part) => part !== null).join(", ");
  return more === "" ? outcome : `${outcome} (${more})`;
}

/** By rail or channel. */
interface Counts {
  events: number;
  changed: number;
  leftOut: number;
  readonly before: Record<Decided["outcome"], number>;
  readonly after: Record<Decided["outcome"], number>;
}

function count(
  rails: Map<string, Counts>,
  rail: string,
  { was, is, changed }: Changed & { readonly changed: boolean },
): void {
  const counts = rails.get(rail) ?? { events: 0, changed: 0, leftOut: 0, before: none(), after: none() };
  rails.set(rail, counts);
  counts.events += 1;
  counts.leftOut += is.fieldsLeftOut;
  if (changed) counts.changed += 1;
  counts.before[was.outcome] += 1;
  counts.after[is.outcome] += 1;
}

function none(): Counts["before"] {
  return { CLEAR: 0, HIT: 0, HOLD: 0 };
}

interface Summary {
  readonly before: Policy;
  readonly after: Policy;
  readonly rails: ReadonlyMap<string, Counts>;
  readonly json: boolean;
}

async function summarise(output: Output, { before, after, rails, json }: Summary): Promise<void> {
  const sorted = [...rails].toSorted(([a], [b]) => (a < b ? -1 : 1));
  if (json) {
    const summary = { before: before.version, after: after.version, rails: Object.fromEntries(sorted) };
    await output.write(`${JSON.stringify({ summary })}\n`);
    return;
  }
  const outcomes = ["CLEAR", "HIT", "HOLD"] as const;
  const rows = sorted.map(([rail, counts]) => [
    rail,
    String(counts.events),
    ...outcomes.map((outcome) => `${String(counts.before[outcome])} -> ${String(counts.after[outcome])}`),
    String(counts.leftOut),
    String(counts.changed),
  ]);
  await output.write(
    `\npolicy ${before.version} -> ${after.version}\n${table(["rail", "events", ...outcomes, "left out", "changed"], rows)}`,
  );
}
