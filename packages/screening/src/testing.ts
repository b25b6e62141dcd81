// Doubles and samples for the tests of who uses this package.
export {
  engineVersion as fakeEngineVersion,
  fakeIndex,
  listed,
  listState,
  openFake,
  publishFake,
  snapshotOf,
} from "./testing/fake-index.ts";
export {
  encodePayment,
  encodeRemittance,
  party as sampleParty,
  payment as samplePayment,
  paymentSchema,
  remittance as sampleRemittance,
  remittanceSchema,
} from "./testing/sample-events.ts";
