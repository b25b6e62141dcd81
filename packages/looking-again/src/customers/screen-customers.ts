import { alertIdOf, type Policy } from "@cordon/decisions";
import type { HoldReason } from "@cordon/errors";
import type { ScreeningIndex } from "@cordon/matching";

import type { ComparedIndexes } from "../changes/compared-indexes.ts";
import { found, type LookedAgain, newFindings } from "../changes/new-findings.ts";
import { type Customer, customerToScreen } from "./customer.ts";

/** What screening a customer brings. */
export type ScreenCustomer = (customer: Customer) => LookedAgain;

/** Against everything that is listed: of a customer that is new or changed. */
export function screenInFull(index: ScreeningIndex, empty: ScreeningIndex, policy: Policy): ScreenCustomer {
  return (customer) => {
    const event = customerToScreen(customer);
    const { matches, held, fieldsScreened, fieldsLeftOut } = found(event, index, { policy, empty });
    const [best, ...others] = matches;
    if (best === undefined) return held === null ? NOTHING : { kind: "not-screened", reason: held };
    const { eventId } = event;
    const alertId = alertIdOf(
      eventId,
      matches.map(({ designation }) => designation.id),
    );
    const counts = { fieldsScreened, fieldsLeftOut, told: [] };
    return { kind: "found", hit: { kind: "hit", eventId, ...counts, alertId, matches: [best, ...others] } };
  };
}

/** Against the entries that changed: of a customer that was screened in full before. */
export function screenChanges(indexes: ComparedIndexes, policy: Policy): ScreenCustomer {
  return (customer) => newFindings(customerToScreen(customer), indexes, policy);
}

const NOTHING: LookedAgain = Object.freeze({ kind: "nothing" });

/** Counts of a pass, so far. */
export interface CustomerCounts {
  customers: number;
  /** Screened against the whole index. */
  inFull: number;
  /** Customers with something new. */
  found: number;
  matches: number;
  /** By reason: nothing may be concluded of them. */
  readonly notScreened: Partial<Record<HoldReason, number>>;
  /** Lines that are no customers. */
  refused: number;
}

export function newCustomerCounts(): CustomerCounts {
  return { customers: 0, inFull: 0, found: 0, matches: 0, notScreened: {}, refused: 0 };
}
