import type { Payment } from "@cordon/schemas";
import { createTraffic } from "@cordon/simulator";

/** Payments between innocent parties under ids of their own, beside the stream. */
export function innocentPayments(count: number, idPrefix: string): readonly Payment[] {
  const never = 1_000_000_000;
  const traffic = createTraffic({
    seed: 31,
    idPrefix,
    planted: { names: [], usual: () => false },
    plantedEvery: never,
    heldEvery: never,
  });
  const found: Payment[] = [];
  for (let number = 0; found.length < count; number++) {
    const event = traffic.eventAt(number, Date.now());
    if (event.topic === "payments.v1" && event.expected.outcome === "CLEAR") found.push(event.value);
  }
  return found;
}
