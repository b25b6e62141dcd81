import { CordonError } from "@cordon/errors";
import kafkajs from "kafkajs";
import { describe, expect, test } from "vitest";

import { isOutage, kafkaError, mustRejoin } from "../src/kafka-errors.ts";

const brokers = ["kafka-1:9092", "kafka-2:9092"];

/** As kafkajs makes them: its constructors' types do not say what they take. */
const named = (name: string, fields: Readonly<Record<string, unknown>> = {}): Error =>
  Object.assign(new Error(`${name} happened`), { name, ...fields });
const protocol = (type: string, retriable: boolean): Error => named("KafkaJSProtocolError", { type, retriable });
const gaveUpOn = (cause: Error): Error => named("KafkaJSNumberOfRetriesExceeded", { retriable: false, cause });

describe("an outage passes, and is retried", () => {
  test.each([
    ["no broker", named("KafkaJSConnectionError", { retriable: true })],
    ["a refused connection", named("Error", { code: "ECONNREFUSED" })],
    ["a time limit", gaveUpOn(named("KafkaJSRequestTimeoutError", { retriable: true }))],
    [
      "a lost coordinator, though kafkajs calls it final",
      named("KafkaJSGroupCoordinatorNotFound", { retriable: false }),
    ],
    ["a moved leader", gaveUpOn(protocol("NOT_LEADER_FOR_PARTITION", true))],
    ["too few replicas", gaveUpOn(protocol("NOT_ENOUGH_REPLICAS", true))],
    ["an old generation", protocol("ILLEGAL_GENERATION", false)],
    ["a rebalance wrapped by kafkajs", gaveUpOn(new kafkajs.KafkaJSError("The group is rebalancing"))],
  ])("%s", (_, error) => {
    expect(isOutage(error)).toBe(true);
    const mapped = kafkaError(error, "testing", { brokers });
    expect(mapped).toMatchObject({ code: "KAFKA_UNAVAILABLE", cause: error });
    expect(mapped.message).toContain("kafka-1:9092, kafka-2:9092");
    expect(mapped.message).toContain("while testing");
  });
});

describe("what would only come again is no outage, though kafkajs retried it", () => {
  test.each([
    ["a plain error of a decompressor", gaveUpOn(new Error("Invalid Snappy bitstream"))],
    ["a bug", new kafkajs.KafkaJSNonRetriableError(new TypeError("x is not a function"))],
    ["nothing at all", undefined],
  ])("%s", (_, error) => {
    expect(isOutage(error)).toBe(false);
    expect(kafkaError(error, "testing", { brokers })).not.toBeInstanceOf(CordonError);
  });
});

test.each([
  ["CONFIG_INVALID", protocol("TOPIC_AUTHORIZATION_FAILED", false)],
  ["CONFIG_INVALID", named("KafkaJSSASLAuthenticationError", { retriable: false })],
  ["TOPIC_UNSUITABLE", protocol("UNKNOWN_TOPIC_OR_PARTITION", true)],
  ["CONFIG_INVALID", gaveUpOn(protocol("MESSAGE_TOO_LARGE", false))],
  ["CONTRACT_VIOLATED", gaveUpOn(protocol("INVALID_RECORD", false))],
  ["GROUP_OCCUPIED", protocol("INCONSISTENT_GROUP_PROTOCOL", false)],
])("%s has a message that tells what to do", (code, error) => {
  expect(kafkaError(error, "testing", { brokers })).toMatchObject({ code });
});

test("an error of Cordon's own stays what it is", () => {
  const error = new CordonError("TOPIC_UNSUITABLE", "no");
  expect(kafkaError(error, "testing", { brokers })).toBe(error);
});

test("a circle of causes ends", () => {
  const error = named("KafkaJSError");
  Object.assign(error, { cause: error });
  expect(isOutage(error)).toBe(false);
});

test("the group's errors call for another join, others do not", () => {
  expect(mustRejoin(protocol("REBALANCE_IN_PROGRESS", false))).toBe(true);
  expect(mustRejoin(gaveUpOn(protocol("UNKNOWN_MEMBER_ID", false)))).toBe(true);
  expect(mustRejoin(protocol("NOT_LEADER_FOR_PARTITION", true))).toBe(false);
});
