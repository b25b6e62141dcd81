import type { Payment } from "./generated/payment.ts";

/** What a payment says that no message was converted into. */
export const madeAsEvent: Pick<Payment, "instructions" | "regulatoryReporting" | "source" | "origins" | "problems"> =
  Object.freeze({
    instructions: Object.freeze([]),
    regulatoryReporting: Object.freeze([]),
    source: null,
    origins: Object.freeze([]),
    problems: Object.freeze([]),
  });
