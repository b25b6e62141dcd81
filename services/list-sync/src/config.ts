import { resolve } from "node:path";
import { fileURLToPath } from "node:url";

import { listSources } from "@cordon/lists";
import {
  type ConfigOf,
  decimal,
  group,
  httpConfig,
  integer,
  kafkaConfig,
  logConfig,
  redisConfig,
  registryConfig,
  text,
} from "@cordon/platform";

import type { EnabledList, ListLocation } from "./sync/look-at-list.ts";

function location(name: string, url: string, title: string): ReturnType<typeof text> {
  return {
    ...text(name, {
      meaning: `Where the ${title} is read from: an address, a file's path, or off.`,
      default: url,
      expected: "an http(s) address, a path, or off",
    }),
    source: "hidden", // an address may carry a password or a token
  };
}

/** Where each list is read from. A list that is off leaves the index. */
const lists = group(
  {
    uk: location("LIST_UK", listSources.uk.url, listSources.uk.title),
    un: location("LIST_UN", listSources.un.url, listSources.un.title),
  },
  (values, fault): readonly EnabledList[] => {
    const enabled = Object.values(listSources).flatMap(({ list, parse }): EnabledList[] => {
      const given = values[list].trim();
      if (given === "off") return [];
      const found = locate(given);
      if (found === null)
        fault(
          `LIST_${list.toUpperCase()} has an unacceptable value (not shown), expected an http(s) address, a path, or off`,
        );
      return found === null ? [] : [{ list, location: found, parse: (chunks) => parse(chunks) }];
    });
    if (Object.values(values).every((value) => value.trim() === "off"))
      fault("LIST_UK and LIST_UN are both off, expected at least one list");
    return enabled;
  },
);

/** `null` for an address of a kind that cannot be read. */
function locate(given: string): ListLocation | null {
  if (!/^[a-z][a-z0-9+.-]+:/i.test(given)) return { kind: "file", path: resolve(given) };
  if (!URL.canParse(given)) return null;
  const url = new URL(given);
  if (url.protocol === "file:") return { kind: "file", path: fileURLToPath(url) };
  return url.protocol === "http:" || url.protocol === "https:" ? { kind: "url", url } : null;
}

/** Everything list-sync can be told. Read once, at start. */
export const listSyncConfig = {
  kafka: kafkaConfig,
  registry: registryConfig,
  redis: redisConfig,
  http: httpConfig,
  log: logConfig,
  lists,
  sync: group({
    intervalSeconds: integer("SYNC_INTERVAL_SECONDS", {
      meaning: "How often each list is looked at, in seconds.",
      default: "3600",
      min: 5,
      max: 604_800,
    }),
    filePollSeconds: decimal("FILE_POLL_SECONDS", {
      meaning: "How often a list that is a file is checked for being another one, in seconds.",
      default: "3",
      min: 0.1,
      max: 3600,
    }),
    maxShrinkPercent: integer("LIST_MAX_SHRINK_PERCENT", {
      meaning: "A list that lost more than this share of its designations at once is refused.",
      default: "50",
      min: 0,
      max: 100,
    }),
    maxBytes: integer("LIST_MAX_BYTES", {
      meaning: "The largest list that is read, in bytes after decompression.",
      default: "536870912",
      min: 1024,
      max: 4_294_967_296,
    }),
    timeoutSeconds: integer("LIST_TIMEOUT_SECONDS", {
      meaning: "How long one attempt to read a list may take, in seconds.",
      default: "120",
      min: 1,
      max: 3600,
    }),
  }),
  topicPrefix: text("TOPIC_PREFIX", {
    meaning: "Put before every topic's name, so that several Cordons can share one Kafka.",
    default: "",
    pattern: /^[A-Za-z0-9._-]{0,64}$/,
    expected: "up to 64 letters, digits and ._-",
  }),
};

export type ListSyncConfig = ConfigOf<typeof listSyncConfig>;
