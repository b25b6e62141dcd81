import { AuthenticationError, MultipleErrors, NetworkError, ProtocolError, UserError } from "@platformatic/kafka";
import { describe, expect, test } from "vitest";

import {
  BrokerError,
  isExpelled,
  isOutage,
  mustRejoin,
  NoAnswer,
  protocolError,
} from "../../src/platformatic/protocol-errors.ts";

const codeOf = (error: unknown): unknown =>
  (protocolError(error, "testing", { brokers: ["kafka:9092"] }) as { code?: unknown }).code;
const answered = (id: ConstructorParameters<typeof ProtocolError>[0]) =>
  new MultipleErrors("Received response with error", [new ProtocolError(id)]);

describe("errors of the library", () => {
  test.each([
    [new NetworkError("Connection closed"), "KAFKA_UNAVAILABLE"],
    [new NoAnswer("no answer within 10 ms"), "KAFKA_UNAVAILABLE"],
    [new MultipleErrors("Cannot connect to any broker.", [new NetworkError("x")]), "KAFKA_UNAVAILABLE"],
    [answered("NOT_LEADER_OR_FOLLOWER"), "KAFKA_UNAVAILABLE"],
    [answered("REBALANCE_IN_PROGRESS"), "KAFKA_UNAVAILABLE"],
    [new BrokerError("COORDINATOR_NOT_AVAILABLE", "g"), "KAFKA_UNAVAILABLE"],
    [answered("UNKNOWN_TOPIC_OR_PARTITION"), "TOPIC_UNSUITABLE"],
    [answered("TOPIC_AUTHORIZATION_FAILED"), "CONFIG_INVALID"],
    // A refused user ends the connection: the outer error says "network", and that it may be tried again.
    [new NetworkError("Connection failed", { cause: new AuthenticationError("SASL failed") }), "CONFIG_INVALID"],
    [answered("MESSAGE_TOO_LARGE"), "CONFIG_INVALID"],
    [answered("INVALID_RECORD"), "CONTRACT_VIOLATED"],
    [answered("INCONSISTENT_GROUP_PROTOCOL"), "GROUP_OCCUPIED"],
    [answered("PRODUCER_FENCED"), "TRANSACTION_LOST"],
    [answered("INVALID_PRODUCER_EPOCH"), "TRANSACTION_LOST"],
  ])("are told in Cordon's words: %s is %s", (error, code) => {
    expect(codeOf(error)).toBe(code);
  });

  test("that nobody knows are given back as they are, and halt", () => {
    for (const error of [new TypeError("a bug"), answered("CORRUPT_MESSAGE"), new UserError("bad option")])
      expect(protocolError(error, "testing", { brokers: ["kafka:9092"] })).toBe(error);
  });

  test("tell a change of the group from being counted out of it", () => {
    expect([mustRejoin(answered("REBALANCE_IN_PROGRESS")), isExpelled(answered("REBALANCE_IN_PROGRESS"))]).toEqual([
      true,
      false,
    ]);
    expect(isExpelled(answered("ILLEGAL_GENERATION"))).toBe(true);
    expect(mustRejoin(answered("NOT_COORDINATOR"))).toBe(false);
  });

  test("of a refused user are no outage, which would be tried again for ever", () => {
    expect(isOutage(new NetworkError("x", { cause: new AuthenticationError("SASL failed") }))).toBe(false);
  });
});
