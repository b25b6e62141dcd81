import type { ConsumedRecord } from "@cordon/kafka";
import { decisionHeaders } from "@cordon/schemas";

/** Whatever is neither CLEAR nor HIT is not released: an outcome that nobody knows counts as HOLD. */
export function outcomeOf(record: ConsumedRecord): "CLEAR" | "HIT" | "HOLD" {
  const told = record.header(decisionHeaders.outcome)?.toString("utf8");
  return told === "CLEAR" || told === "HIT" ? told : "HOLD";
}
