import { readConfig } from "@cordon/service";
import { expect, test } from "vitest";

import { deskConfig } from "../src/config.ts";
import { needsOf } from "../src/needs.ts";

const told = (client: string) =>
  needsOf(
    readConfig(deskConfig, {
      KAFKA_BROKERS: "b:1",
      KAFKA_CLIENT: client,
      KAFKA_CLIENT_ID: "desk",
      SCHEMA_REGISTRY_URL: "http://r",
      REDIS_URL: "redis://r",
      TOPIC_PREFIX: "p.",
    }),
  ).map(({ kind, name, operations }) => `${kind} ${name} ${operations.join(" ")}`);

test("it reads what it shows and events where they lie, writes dispositions, and asks for nothing else", () => {
  const asked = [
    "topic p.screening.alerts.v1 Read DescribeConfigs",
    "topic p.screening.decisions.v1 Read DescribeConfigs",
    "topic p.sanctions.list-changes.v1 Read DescribeConfigs",
    "topic p.payments.v1 Read",
    "topic p.remittances.v1 Read",
    "topic p.screening.dispositions.v1 Read Write DescribeConfigs",
    "group p.cordon-desk Read",
  ];
  expect(told("platformatic")).toEqual(asked);
  expect(told("kafkajs")).toEqual([...asked, "group desk-reader- Read"]);
});
