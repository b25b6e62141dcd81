export { faultIn } from "./testing/check-message.ts";
export { type Choice, randomChoice, seeded, wholeChoice } from "./testing/choose.ts";
export { finMessage, type FinSample, finTypes } from "./testing/fin-messages.ts";
export { isoFamilies, type IsoFamily, isoMessage } from "./testing/iso-messages.ts";
export { jsonMessage } from "./testing/json-messages.ts";
export { mutated } from "./testing/mutate.ts";
