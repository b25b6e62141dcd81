import type { Alert } from "../wire.ts";
import { decisionVerbs, stateWords } from "../words.ts";
import { lastRescreen } from "./rescreens.ts";

/** The sentences as one notice. That it was screened again is no change of the alert. */
export function changeNotice(changes: readonly string[], alert: Pick<Alert, "timeline">): string {
  const [only] = changes;
  if (changes.length === 1 && only === lastRescreen(alert)?.said) return only ?? "";
  return `This alert changed. ${changes.join(" ")}`;
}

/** What a person should be told when an alert is not as it was when it was read, in sentences. */
export function changesBetween(before: Alert, after: Alert): readonly string[] {
  const changes: string[] = [];
  if (before.state !== after.state) changes.push(`It is now ${stateWords[after.state].toLowerCase()}.`);
  if ((before.assignee ?? null) !== (after.assignee ?? null))
    changes.push(after.assignee ? `${after.assignee} has it.` : "Nobody has it.");
  const proposal = after.proposal ?? null;
  if (proposal !== null && proposal.id !== before.proposal?.id)
    changes.push(`${proposal.maker} proposes to ${decisionVerbs[proposal.decision]}.`);
  const rescreened = lastRescreen(after);
  if (rescreened !== null && rescreened.at !== lastRescreen(before)?.at) changes.push(rescreened.said);
  if (after.holdReason && before.holdReason !== after.holdReason) changes.push("It is held for another reason now.");
  const told = new Set((before.evidenceChanged ?? []).map((one) => JSON.stringify(one)));
  for (const one of after.evidenceChanged ?? [])
    if (!told.has(JSON.stringify(one)))
      changes.push(`The entry ${one.designationId} was amended: ${inWords(one.fields)}.`);
  for (const entry of after.entries) {
    const old = before.entries.find(({ id }) => id === entry.id);
    const fields = old === undefined ? [] : differing(old, entry);
    if (fields.length > 0) changes.push(`The entry ${entry.id} was amended: ${inWords(fields)}.`);
  }
  if (changes.length === 0 && before.evidenceHash !== after.evidenceHash) changes.push("The evidence was amended.");
  if (changes.length === 0 && before.version !== after.version) changes.push("Somebody worked on it.");
  return changes;
}

function differing(before: object, after: object): readonly string[] {
  const old = new Map(Object.entries(before));
  const fresh = new Map(Object.entries(after));
  return [...new Set([...old.keys(), ...fresh.keys()])].filter(
    (key) => JSON.stringify(old.get(key)) !== JSON.stringify(fresh.get(key)),
  );
}

/** `birthDates, names` as `birth dates, names`. */
export function inWords(fields: readonly string[]): string {
  return fields.map((field) => field.replaceAll(/([a-z])([A-Z])/g, "$1 $2").toLowerCase()).join(", ");
}
