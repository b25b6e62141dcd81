import { compilePolicy, type FieldMatch, partyToScreen, type Policy, screenEvent } from "@cordon/decisions";
import type { ScreeningIndex } from "@cordon/matching";
import type { PartyType, ScreenedParty } from "@cordon/schemas";

import { helpOption, noPositionals, readArguments } from "./arguments.ts";
import { linesOf } from "./lines.ts";
import { openIndex } from "./open-index.ts";
import { outputTo, progressOn, type Terminal } from "./terminal.ts";
import { UsageError } from "./usage-error.ts";

const screenHelp = `Screens names against an index of "cordon compile".

  cordon screen --index FILE [--threshold N] < names.ndjson > hits.ndjson

  --index FILE       the index
  --threshold N      least score that is a hit, a whole percent from 50 to 100 (default 85)
  --help

In: one JSON object a line, {"id", "name", "type"?, "birthDate"?, "country"?}, type being person, organisation, vessel or
aircraft. Out: one line for each, in order, {"id", "hits": [{"designationId", "list", "regime", "matchedName", "score",
"nameStrength", "reasons"}]}, best hit first; the points of the reasons sum to the score. Each name is screened as that of a
party in a payment is: compared as a whole, searched for listed names and identifiers that stand in it, and decoded. A person
is not compared with ships and aircraft. A name that could not be compared has "hold" with the reason beside its empty hits: it
is not clear.
Exit code: 0 every line was read, whether there were hits or not; 2 bad usage, index or line (its number is told; the
lines before it have been answered).
`;

interface ScreenedName {
  readonly id: string | number;
  readonly name: string;
  readonly type: PartyType;
  readonly birthDate: string | null;
  readonly country: string | null;
}

/** An event has no type for aircraft: what is unknown is compared with all. */
const partyTypes: Readonly<Record<string, PartyType>> = {
  person: "PERSON",
  organisation: "ORGANISATION",
  vessel: "VESSEL",
  aircraft: "UNKNOWN",
};

/** Screens stdin, line by line, no faster than stdout is read. Throws UsageError. */
export async function screen(args: readonly string[], terminal: Terminal): Promise<number> {
  const { values, positionals } = readArguments(args, {
    ...helpOption,
    index: { type: "string" },
    threshold: { type: "string" },
  });
  const output = outputTo(terminal.stdout);
  if (values.help === true) {
    await output.write(screenHelp);
    return 0;
  }
  noPositionals(positionals);
  if (values.index === undefined) throw new UsageError("--index FILE is missing");
  const policy = policyOf(values.threshold ?? "85");
  const index = await openIndex(values.index);

  const progress = progressOn(terminal);
  let blank = 0;
  let done = 0;
  for await (const lines of linesOf(terminal.stdin)) {
    let answers = "";
    let fault: unknown = null;
    try {
      for (const { number, text } of lines) {
        if (text.trim() === "") {
          blank ||= number;
          continue;
        }
        if (blank > 0) throw new UsageError(`line ${String(blank)} is blank`);
        answers += `${JSON.stringify(answer(readName(text, number), index, policy))}\n`;
        done += 1;
      }
    } catch (error) {
      fault = error;
    }
    if (answers !== "" && !(await output.write(answers))) return 0;
    if (fault !== null) throw fault;
    progress.to(done, "names");
  }
  progress.end();
  return 0;
}

function policyOf(threshold: string): Policy {
  const percent = Number(threshold);
  if (!/^\d+$/.test(threshold) || percent < 50 || percent > 100)
    throw new UsageError(`--threshold takes a whole percent from 50 to 100, not "${threshold}"`);
  return compilePolicy({ threshold: percent });
}

function readName(text: string, number: number): ScreenedName {
  const wrong = (what: string, cause?: unknown): UsageError =>
    new UsageError(`line ${String(number)} ${what}`, { cause });
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    throw wrong("is not JSON", error);
  }
  if (typeof value !== "object" || value === null || Array.isArray(value)) throw wrong("is not a JSON object");
  const { id, name, type = null, birthDate = null, country = null } = value as Readonly<Record<string, unknown>>;
  if (!(typeof id === "string" || typeof id === "number")) throw wrong('has no "id" that is a string or a number');
  if (typeof name !== "string") throw wrong('has no "name" that is a string');
  const partyType = type === null ? "UNKNOWN" : typeof type === "string" ? partyTypes[type.toLowerCase()] : undefined;
  if (partyType === undefined) throw wrong(`has a "type" that is none of ${Object.keys(partyTypes).join(", ")}`);
  if (birthDate !== null && typeof birthDate !== "string") throw wrong('has a "birthDate" that is no string');
  if (country !== null && typeof country !== "string") throw wrong('has a "country" that is no string');
  return { id, name, type: partyType, birthDate, country };
}

/** A debtor of that name, and nothing else in the event. */
function answer({ id, ...party }: ScreenedName, index: ScreeningIndex, policy: Policy) {
  const event = { eventId: String(id), decideBy: null, money, rail: null, ...partyToScreen(debtor(party), true) };
  const outcome = screenEvent(event, index, policy, { indexAge: 0, at: 0 });
  switch (outcome.kind) {
    case "clear":
      return { id, hits: [] };
    case "hit":
      return { id, hits: outcome.matches.map(hitOf) };
    case "hold":
      return { id, hits: [], hold: outcome.reason };
  }
}

const money = { amount: new Uint8Array(), currency: "" };

function debtor({ name, type, birthDate, country }: Omit<ScreenedName, "id">): ScreenedParty {
  return {
    role: "DEBTOR",
    name,
    type,
    address: null,
    birthDate,
    birthPlace: null,
    nationalities: [],
    residence: country,
    identifiers: [],
    account: null,
    contact: null,
  };
}

function hitOf({ designation, name, score, reasons }: FieldMatch) {
  return {
    designationId: designation.id,
    list: designation.list,
    regime: designation.regime,
    matchedName: name.text,
    score: score / 100,
    nameStrength: name.strength,
    reasons: reasons.map(({ kind, detail, points }) => ({ kind, detail, points: points / 100 })),
  };
}
