// Made by `npm run generate` from schemas/avro. Do not edit.

import type { Alert } from "./alert.ts";
import type { Decision } from "./decision.ts";
import type { Disposition } from "./disposition.ts";
import type { ListChange } from "./list-change.ts";
import type { Payment } from "./payment.ts";
import type { Remittance } from "./remittance.ts";

/** The record that each subject holds. */
export interface RecordOf {
  readonly "payments.v1-value": Payment;
  readonly "remittances.v1-value": Remittance;
  readonly "sanctions.list-changes.v1-value": ListChange;
  readonly "screening.alerts.v1-value": Alert;
  readonly "screening.decisions.v1-value": Decision;
  readonly "screening.dispositions.v1-value": Disposition;
}
