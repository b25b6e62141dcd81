import { createWaitings } from "@cordon/service";
import { expect, test } from "vitest";

const error = new Error("status 401");

test("what is waited for is told with its code and its reason, until it is no longer", () => {
  const waitings = createWaitings();
  waitings.waited({ what: "the schema registry", code: "REGISTRY_REFUSED", error });
  waitings.waited({ what: "Kafka", code: "KAFKA_UNAVAILABLE", error: new Error("no answer") });
  waitings.resumed({ what: "Kafka" });
  expect(waitings.reasons()).toEqual(["waiting for the schema registry, REGISTRY_REFUSED: status 401"]);
  waitings.forget();
  expect(waitings.reasons()).toEqual([]);
});

test("how long it has been waited for counts from the first time", () => {
  let now = 0;
  const waitings = createWaitings(() => now);
  const wait = { what: "Kafka", code: "KAFKA_REFUSED", error } as const;
  waitings.waited(wait);
  now = 4_000;
  waitings.waited(wait);
  expect(waitings.reasons(5_000)).toEqual([]);
  now = 5_000;
  expect(waitings.reasons(5_000)).toHaveLength(1);
});
