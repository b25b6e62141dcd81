export { createLedger, type Ledger, type LedgerTotals, type Outcome, outcomes } from "./ledger/ledger.ts";
export { type LatencyHistogram, latencyHistogram } from "./ledger/latency-histogram.ts";
export { createPlantedRegister, type PlantedHit, type PlantedRegister } from "./ledger/planted-register.ts";
export { type ListUnion, listUnions } from "./lists/list-unions.ts";
export { createAlertDecoder } from "./stream/alert-decoder.ts";
export { createEventEncoder, type EventEncoderOptions } from "./stream/encode-event.ts";
export { observe, type ObserveOptions } from "./stream/observe.ts";
export { type SendOptions, sendTraffic } from "./stream/send-traffic.ts";
export { type Culture, cultures } from "./traffic/names.ts";
export { bankNames } from "./traffic/party.ts";
export { type PlantedName, type PlantedNames, plantedNames } from "./traffic/planted-names.ts";
export {
  createTraffic,
  type Expectation,
  type Traffic,
  type TrafficEvent,
  type TrafficOptions,
} from "./traffic/traffic.ts";
