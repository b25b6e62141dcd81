import type { ConsumedBatch, ConsumedRecord, OnBatch } from "@cordon/kafka";
import type { Alert } from "@cordon/schemas";

import { isOutcome } from "../judge/outcome.ts";
import type { Ledger } from "../ledger/ledger.ts";
import type { PlantedRegister } from "../ledger/planted-register.ts";
import type { Traffic } from "../traffic/traffic.ts";

export interface ObserveOptions {
  readonly decisionsTopic: string;
  readonly alertsTopic: string;
  /** Tells our events from others on the same topics. */
  readonly traffic: () => Traffic;
  readonly ledger: Ledger;
  readonly planted: PlantedRegister;
  readonly decodeAlert: (value: Buffer) => Promise<Alert>;
  readonly now: () => number;
  readonly onAlert: (alert: Alert) => void;
}

/**
 * Reads decisions and alerts back, as an outside program would, and notes them in the ledger. A decision's outcome is
 * taken from its header: most need no decoding.
 */
export function observe(options: ObserveOptions): OnBatch {
  const { decisionsTopic, alertsTopic, traffic, ledger, planted, decodeAlert, now, onAlert } = options;

  function numberOf(record: ConsumedRecord): number | null {
    return record.key === null ? null : traffic().numberOf(record.key.toString());
  }

  function noteDecision(record: ConsumedRecord, at: number): void {
    const number = numberOf(record);
    const outcome = record.header("cordon-outcome")?.toString() ?? "";
    if (number !== null && isOutcome(outcome)) ledger.decided(number, outcome, at);
  }

  async function noteAlert(record: ConsumedRecord): Promise<void> {
    const number = numberOf(record);
    if (number === null || record.value === null) return;
    const alert = await decodeAlert(record.value);
    // What looking again found is no answer to the event.
    if (alert.origin !== "STREAM") return;
    planted.alerted(
      number,
      alert.matches.map(({ designationId }) => designationId),
    );
    onAlert(alert);
  }

  return async (batch: ConsumedBatch) => {
    if (batch.topic === decisionsTopic) {
      const at = now();
      for (const record of batch.records) noteDecision(record, at);
    } else if (batch.topic === alertsTopic) {
      for (const record of batch.records) await noteAlert(record);
    }
  };
}
