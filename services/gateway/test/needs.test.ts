import { readConfig } from "@cordon/service";
import { expect, test } from "vitest";

import { gatewayConfig } from "../src/config.ts";
import { needsOf } from "../src/needs.ts";

const told = (client: string) =>
  needsOf(
    readConfig(gatewayConfig, {
      KAFKA_BROKERS: "b:1",
      KAFKA_CLIENT: client,
      KAFKA_CLIENT_ID: "gw",
      SCHEMA_REGISTRY_URL: "http://r",
      REDIS_URL: "redis://r",
      GATEWAY_AUTH: "none",
      TOPIC_PREFIX: "p.",
    }),
  ).map(({ kind, name, operations }) => `${kind} ${name} ${operations.join(" ")}`);

test("it writes events, reads decisions and alerts, and asks for nothing else", () => {
  const topics = [
    "topic p.payments.v1 Write DescribeConfigs",
    "topic p.remittances.v1 Write DescribeConfigs",
    "topic p.screening.decisions.v1 Read DescribeConfigs",
    "topic p.screening.alerts.v1 Read DescribeConfigs",
  ];
  expect(told("platformatic")).toEqual(topics);
  expect(told("kafkajs")).toEqual([...topics, "group gw-reader- Read"]);
});
