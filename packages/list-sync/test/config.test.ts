import { resolve } from "node:path";

import { listSources } from "@cordon/lists";
import { readConfig } from "@cordon/service";
import { expect, test } from "vitest";

import { listSyncConfig } from "../src/config.ts";
import { spellLocation } from "../src/sync/look-at-list.ts";
import { topicSettings } from "../src/topics.ts";

const least = {
  KAFKA_BROKERS: "broker:9092",
  SCHEMA_REGISTRY_URL: "http://registry",
  REDIS_URL: "redis://redis",
};

test("the official addresses are the default", () => {
  const { lists, sync } = readConfig(listSyncConfig, least);
  expect(lists.map(({ list, location }) => [list, spellLocation(location)])).toEqual([
    ["uk", listSources.uk.url],
    ["un", listSources.un.url],
  ]);
  expect(sync).toMatchObject({ intervalSeconds: 3600, filePollSeconds: 3 });
});

function guardsOf(more: Readonly<Record<string, string>>): unknown {
  const { maxShrinkPercent, maxDriftPercent, maxUnknownPercent } = readConfig(listSyncConfig, {
    ...least,
    ...more,
  }).sync;
  return [maxShrinkPercent, maxDriftPercent, maxUnknownPercent];
}

test("the guards' limits are settings", () => {
  expect(guardsOf({})).toEqual([50, 50, 25]);
  const set = { LIST_MAX_SHRINK_PERCENT: "10", LIST_MAX_DRIFT_PERCENT: "20", LIST_MAX_UNKNOWN_PERCENT: "0" };
  expect(guardsOf(set)).toEqual([10, 20, 0]);
  expect(() => guardsOf({ LIST_MAX_DRIFT_PERCENT: "101" })).toThrow(/LIST_MAX_DRIFT_PERCENT/);
});

function listsWith(uk: string): readonly unknown[] {
  const { lists } = readConfig(listSyncConfig, { ...least, LIST_UK: uk });
  return lists.map(({ list, location }) => [list, location.kind, spellLocation(location)]);
}

test("a list is an address, a path, a file: address, or off", () => {
  const un = ["un", "url", listSources.un.url];
  expect(listsWith("lists/uk.csv")).toEqual([["uk", "file", resolve("lists/uk.csv")], un]);
  expect(listsWith("file:///lists/uk.csv")).toEqual([["uk", "file", "/lists/uk.csv"], un]);
  expect(listsWith("https://user:word@mirror.example/uk.csv?key=1")).toEqual([
    ["uk", "url", "https://mirror.example/uk.csv"],
    un,
  ]);
  expect(listsWith("off")).toEqual([un]);
  expect(listsWith("on")).toEqual([["uk", "url", listSources.uk.url], un]);
});

test("a list that is off by default is on when its variable says where it is, and read from a folder where it has one", () => {
  const { lists } = readConfig(listSyncConfig, { ...least, LIST_UK: "off", LIST_UN: "off", LIST_OFAC: "lists/ofac" });
  expect(lists).toMatchObject([{ list: "ofac", location: { kind: "file", path: resolve("lists/ofac") } }]);
  expect(lists[0]?.folder?.files).toContain("sdn.csv");
});

test("an address that cannot be read is refused without being shown, and so is a world without lists", () => {
  expect(() => readConfig(listSyncConfig, { ...least, LIST_UK: "ftp://user:word@host/uk.csv" })).toThrow(
    /^(?!.*word).*LIST_UK/,
  );
  expect(() => readConfig(listSyncConfig, { ...least, LIST_UK: "off", LIST_UN: "off" })).toThrow(/at least one list/);
});

test("the announcements' topic is compacted, and carries the prefix", () => {
  expect(topicSettings(readConfig(listSyncConfig, { ...least, TOPIC_PREFIX: "test." }))).toMatchObject([
    {
      topic: "test.sanctions.list-changes.v1",
      partitions: 1,
      compacted: true,
      replicationFactor: 3,
      minInSyncReplicas: 2,
    },
  ]);
});
