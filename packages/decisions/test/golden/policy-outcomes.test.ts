import { createHash } from "node:crypto";

import { compileSnapshot, openSnapshot } from "@cordon/matching";
import { expect, test } from "vitest";

import { compilePolicy, type PolicySettings, screenEvent, type ScreeningOutcome } from "../../src/index.ts";
import { designations, fixedEvents, fixedRule } from "./events.ts";
import golden from "./policy-outcomes.json" with { type: "json" };

/*
 * Every decision names the version of the policy and of the engine. A version of the policy must never stand for two behaviours: the
 * outcomes of fixed events are kept beside it, also those of the settings that the events answer to.
 */

const index = openSnapshot(compileSnapshot(designations));

const settings: readonly PolicySettings[] = [
  {},
  { threshold: 95 },
  { weakAliases: "raise" },
  { hardConflicts: "clear" },
];

function told(outcome: ScreeningOutcome): unknown {
  if (outcome.kind === "clear")
    return [outcome.fieldsScreened, outcome.setAside.map(({ match }) => match.designation.id)];
  if (outcome.kind === "hold") return [outcome.fieldsScreened, outcome.reason];
  const matches = outcome.matches.map(({ designation, field, score, start, end, reasons }) => [
    designation.id,
    field.path,
    field.role,
    score,
    start,
    end,
    reasons.map(({ kind, points }) => [kind, points]),
  ]);
  return [outcome.fieldsScreened, outcome.alertId, matches];
}

test("a policy version stands for one behaviour", () => {
  const events = fixedEvents();
  const kinds = new Map<string, number>();
  const outcomes = settings.map((setting) => {
    const policy = compilePolicy(setting);
    return events.map((event, at) => {
      const outcome = screenEvent(event, index, policy, { indexAge: at % 10 === 9 ? Infinity : 0, at: 1000 });
      const kind = outcome.kind === "hold" ? outcome.reason : outcome.kind;
      kinds.set(kind, (kinds.get(kind) ?? 0) + 1);
      return [outcome.kind, told(outcome)];
    });
  });
  // Events that all had one outcome would show nothing.
  for (const kind of [
    "clear",
    "hit",
    "FIELD_MISSING",
    "NAME_UNREADABLE",
    "QUERY_TOO_BROAD",
    "INDEX_STALE",
    "DEADLINE_PASSED",
  ])
    expect([kind, (kinds.get(kind) ?? 0) > 0]).toEqual([kind, true]);
  const digest = createHash("sha256").update(JSON.stringify(outcomes)).digest("hex").slice(0, 16);
  // Outcomes changed: raise rulesRevision in policy.ts (or RULES of the engine, if that is why), then write what is printed here into
  // policy-outcomes.json.
  expect({
    policyVersion: compilePolicy().version,
    ruledPolicyVersion: compilePolicy({ rules: [fixedRule] }).version,
    engineVersion: index.engineVersion,
    outcomes: digest,
  }).toEqual(golden);
});
