export { type Answer, type Expected, judgeAnswer, type Judgement, rightDesignation } from "./judge/answer.ts";
export { breaches, judge, type Rules, type Verdict } from "./judge/judge.ts";
export {
  type Coordinate,
  coordinateOf,
  type Seen,
  type SeenAlert,
  type SeenDeadLetter,
  type SeenDecision,
  type SeenEvent,
} from "./judge/seen.ts";
export { type Outcome, outcomes } from "./judge/outcome.ts";
export { createLedger, type Ledger, type LedgerTotals } from "./ledger/ledger.ts";
export { type LatencyHistogram, latencyHistogram } from "./ledger/latency-histogram.ts";
export { createPlantedRegister, type PlantedHit, type PlantedRegister } from "./ledger/planted-register.ts";
export { createAlertDecoder } from "./stream/alert-decoder.ts";
export { createEventEncoder, type EventEncoderOptions } from "./stream/encode-event.ts";
export { observe, type ObserveOptions } from "./stream/observe.ts";
export type { EncodedEvents, Processor, ProcessorEvent } from "./stream/processor.ts";
export { type SendOptions, sendTraffic } from "./stream/send-traffic.ts";
export { type Culture, cultures } from "./traffic/names.ts";
export { bankNames, innocentParty, someAgent, someCulture, someMoney } from "./traffic/party.ts";
export { type PlantedName, type PlantedNames, plantedNames } from "./traffic/planted-names.ts";
export { mixWith, type Random, seededRandom } from "./traffic/random.ts";
export {
  createTraffic,
  type Expectation,
  type Traffic,
  type TrafficEvent,
  type TrafficOptions,
} from "./traffic/traffic.ts";
