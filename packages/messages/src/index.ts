export { alertIdOf } from "./alert-id.ts";
export { type Comparison, comparisons, compilePolicy, type Policy, type PolicySettings } from "./policy.ts";
export { type FieldMatch, holdPriority, screenEvent, type ScreeningOutcome } from "./screen-event.ts";
export {
  paymentToScreen,
  remittanceToScreen,
  type ScreenableEvent,
  type ScreenableField,
  type TextRole,
} from "./screenable-event.ts";
export { summaryOf } from "./summary.ts";
export { toAlert } from "./to-alert.ts";
export { type OutcomeContext, toDecision, undecodableDecision } from "./to-decision.ts";
