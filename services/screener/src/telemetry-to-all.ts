import type { ScreenerTelemetry } from "./telemetry.ts";

/** Tells each listener, in order. */
export function tellAll(listeners: readonly ScreenerTelemetry[]): ScreenerTelemetry {
  const tell =
    <K extends keyof ScreenerTelemetry>(name: K) =>
    (...facts: Parameters<ScreenerTelemetry[K]>): void => {
      for (const listener of listeners) (listener[name] as (...all: typeof facts) => void)(...facts);
    };
  return {
    waited: tell("waited"),
    resumed: tell("resumed"),
    topicsChecked: tell("topicsChecked"),
    indexAwaited: tell("indexAwaited"),
    indexSwapped: tell("indexSwapped"),
    indexRefused: tell("indexRefused"),
    storeLost: tell("storeLost"),
    storeBack: tell("storeBack"),
    batchTaken: tell("batchTaken"),
    batchScreened: tell("batchScreened"),
    batchAbandoned: tell("batchAbandoned"),
    partitionsAssigned: tell("partitionsAssigned"),
    partitionsRevoked: tell("partitionsRevoked"),
    commitFailed: tell("commitFailed"),
    consumerCrashed: tell("consumerCrashed"),
  };
}
