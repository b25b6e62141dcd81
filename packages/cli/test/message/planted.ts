import {
  compilePolicy,
  paymentToScreen,
  remittanceToScreen,
  screenEvent,
  type ScreeningOutcome,
  toAlert,
} from "@cordon/decisions";
import { compileSnapshot, designationId, openSnapshot, newDesignation } from "@cordon/matching";
import { type Converted, type ConvertedField, convertMessage, type EventType } from "@cordon/messages";

/** Of nobody. */
export const PLANTED = "Goran Jalal Rasulov";

const designation = newDesignation({
  id: designationId("uk", "A1"),
  list: "uk",
  type: "PERSON",
  names: [{ text: PLANTED, kind: "PRIMARY", strength: "STRONG" }],
  regime: "Test regime",
});

const index = openSnapshot(compileSnapshot([designation]));
const policy = compilePolicy();

export function convert(text: string, type: EventType = "payment"): readonly Converted[] {
  return convertMessage(new TextEncoder().encode(text), { receivedAt: 1, type });
}

/** What becomes of a transaction: an outcome, or the code by which it was refused. */
export type Told = { readonly kind: "refused"; readonly code: string } | ScreeningOutcome;

export function screen(one: Converted): Told {
  if (one.kind === "error") return { kind: "refused", code: one.code };
  return screenEvent(toScreen(one), index, policy, { indexAge: 0, at: 0 });
}

function toScreen(one: Exclude<Converted, { readonly kind: "error" }>) {
  return one.kind === "payment" ? paymentToScreen(one.event) : remittanceToScreen(one.event);
}

/** The message with the listed name in the place of a field. */
export function plantedAt(text: string, { start, end }: Pick<ConvertedField, "start" | "end">, name = PLANTED): string {
  return text.slice(0, start) + name + text.slice(end);
}

/** Where in the message the alert says that the name stands: path and text of each match. */
export function places(
  one: Converted,
  text: string,
): readonly { readonly path: string | null; readonly said: string }[] {
  if (one.kind === "error") return [];
  const event = toScreen(one);
  const outcome = screenEvent(event, index, policy, { indexAge: 0, at: 0 });
  if (outcome.kind !== "hit") return [];
  const alert = toAlert(outcome, event, {
    source: { topic: "payments.v1", partition: 0, offset: 0n },
    index: { version: "v1", generation: 1n, lists: [] } as never,
    engineVersion: "test-engine",
    policyVersion: policy.version,
    at: 0,
  });
  return alert.matches.map(({ field }) => ({
    path: field.sourcePath ?? null,
    said: text.slice(field.sourceStart ?? 0, field.sourceEnd ?? 0),
  }));
}
