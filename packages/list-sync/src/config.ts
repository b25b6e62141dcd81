import { resolve } from "node:path";
import { fileURLToPath } from "node:url";

import { archiveConfig } from "@cordon/index-store";
import { type ListName, listNames, type ListSource, listSources, listVariable } from "@cordon/lists";
import {
  type ConfigOf,
  decimal,
  group,
  httpConfig,
  integer,
  kafkaConfig,
  logConfig,
  pemFile,
  redisConfig,
  registryConfig,
  text,
} from "@cordon/service";

import type { EnabledList, ListLocation } from "./sync/look-at-list.ts";

function location({ list, title, url, onByDefault, formats }: ListSource): ReturnType<typeof text> {
  const words = url === null ? "" : "on (the publisher's address), ";
  return {
    ...text(listVariable(list), {
      meaning: `Where the ${title} is read from (${formats}): an address, a path, ${words}or off.`,
      default: url !== null && onByDefault ? url : "off",
      expected: expectedOf({ url }),
    }),
    source: "hidden", // an address may carry a password or a token
  };
}

function expectedOf({ url }: Pick<ListSource, "url">): string {
  return url === null ? "an http(s) address, a path, or off" : "an http(s) address, a path, on, or off";
}

const locations = Object.fromEntries(listNames.map((list) => [list, location(listSources[list])])) as Readonly<
  Record<ListName, ReturnType<typeof text>>
>;

/** Where each list is read from. A list that is off leaves the index. */
const lists = group(locations, (values, fault): readonly EnabledList[] => {
  const enabled = listNames.flatMap((list): EnabledList[] => {
    const source = listSources[list];
    const given = values[list].trim();
    if (given === "off") return [];
    const found = given === "on" ? official(source) : locate(given);
    if (found === null)
      fault(`${listVariable(list)} has an unacceptable value (not shown), expected ${expectedOf(source)}`);
    return found === null ? [] : [enabledList(source, found)];
  });
  if (listNames.every((list) => values[list].trim() === "off"))
    fault(`${listNames.map(listVariable).join(", ")} are all off, expected at least one list`);
  return enabled;
});

function enabledList({ list, url, parse, folder, guards, deltas }: ListSource, found: ListLocation): EnabledList {
  return {
    list,
    location: found,
    parse: (chunks) => parse(chunks),
    folder: folder === null ? null : { files: folder.files, parse: (files) => folder.parse(files) },
    deltas: found.kind === "url" ? (deltas ?? null) : null,
    // A file or another address may be an excerpt.
    guards: found.kind === "url" && found.url.href === url ? (guards ?? null) : null,
  };
}

function official({ url }: ListSource): ListLocation | null {
  return url === null ? null : { kind: "url", url: new URL(url) };
}

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
  archive: archiveConfig,
  lists,
  signingKey: pemFile("INDEX_SIGNING_KEY_FILE", {
    meaning:
      "Private Ed25519 key that signs the index. Not set: it is not signed, and who may write to Redis can change it.",
  }),
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
    maxDriftPercent: integer("LIST_MAX_DRIFT_PERCENT", {
      meaning:
        "A list is refused when, for one type of party, one column (birth dates, identifiers, aliases and so on) lost more than this share of its fill rate at once.",
      default: "50",
      min: 0,
      max: 100,
    }),
    maxUnknownPercent: integer("LIST_MAX_UNKNOWN_PERCENT", {
      meaning:
        "A list is refused when one kind of thing that is not understood occurs in more than this share of its designations. New columns and elements are counted and refuse nothing.",
      default: "25",
      min: 0,
      max: 100,
    }),
    maxBytes: integer("LIST_MAX_BYTES", {
      meaning: "The largest list that is read, in bytes, before and after decompression.",
      default: "536870912",
      min: 1024,
      max: 4_294_967_296,
    }),
    versionsKept: integer("INDEX_VERSIONS_KEPT", {
      meaning:
        "How many versions of the index stay in Redis, to be looked at and rolled back to, the live one among them.",
      default: "10",
      min: 1,
      max: 1000,
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
