import { createHash } from "node:crypto";

import { CordonError } from "@cordon/errors";
import { type ChangingList, type ListDelta, type ListDeltas, type ParsedList, versionsSince } from "@cordon/lists";

import type { ListSyncTelemetry } from "../telemetry.ts";
import { readUrl, type ReadUrlOptions } from "./read-url.ts";
import { noValidators, type Parse, type Reading } from "./reading.ts";

/** One request for the whole list; its validators are of the last good version. */
export type WholeRequest = Omit<ReadUrlOptions<never>, "parse">;

/**
 * Reads one list by the changes that its publisher offers, as long as they lead from the version at hand to the newest
 * one, and else as a whole. Either way gives the same list. One call at a time.
 */
export interface Follower {
  /** `expected` is the content hash of the list in use, null where changes are not wanted. Rejects as `readUrl` does. */
  read(request: WholeRequest, expected: string | null): Promise<Reading<ParsedList>>;
  /** What was read last passed its guards: the next reading may build upon it. */
  accept(): void;
}

export interface FollowerDeps {
  readonly list: string;
  readonly deltas: ListDeltas;
  readonly telemetry: Pick<ListSyncTelemetry, "changesFollowed" | "changesGivenUp">;
  readonly clock: () => number;
  /** How long changes are followed before the whole list is read again, milliseconds. Default a day. */
  readonly wholeEveryMs?: number;
}

/** A version of the list that changes can be applied to. */
interface Base {
  readonly changing: ChangingList;
  readonly version: string;
  readonly contentHash: string;
  readonly wholeAt: number;
}

/** More than a publisher makes in two weeks: then the whole list is less work. */
const mostDeltas = 60;

/** A follower that has read nothing yet. */
export function createFollower(deps: FollowerDeps): Follower {
  const { list, deltas, telemetry, clock, wholeEveryMs = 24 * 3_600_000 } = deps;
  let base: Base | null = null;
  let read: Base | null = null;

  async function readWhole(request: WholeRequest): Promise<Reading<ParsedList>> {
    const reading = await readUrl({ ...request, parse: (chunks) => deltas.parse(chunks) });
    if (reading.kind === "unchanged") return reading;
    const { value: changing, address, contentHash } = reading;
    const version = address === null ? null : deltas.versionOf(address.pathname);
    if (version !== null) read = { changing, version, contentHash, wholeAt: clock() };
    return { ...reading, value: changing.parsed() };
  }

  async function readChanges(from: Base, request: WholeRequest): Promise<Reading<ParsedList>> {
    const owed = await changesOwed(from, { request, deltas });
    if (owed.length === 0) {
      read = from;
      return { kind: "unchanged" };
    }
    const sha256 = createHash("sha256").update(from.contentHash);
    let version = from.version;
    let bytes = 0;
    for (const delta of owed) {
      const applied = await fetchPart(addressOf(delta, request.url), request, (chunks) => from.changing.apply(chunks));
      sha256.update(`\n${delta.version} ${applied.contentHash}`);
      bytes += applied.bytes;
      version = delta.version;
    }
    const contentHash = sha256.digest("hex");
    const value = from.changing.parsed();
    read = { ...from, version, contentHash };
    telemetry.changesFollowed({ list, from: from.version, to: version });
    // Validators are of the whole list, which was not asked for.
    return { kind: "read", value, contentHash, bytes, validators: noValidators, address: null };
  }

  return {
    async read(request, expected) {
      const from = base;
      // Changed in place from here on: whatever fails, the next reading is of the whole list.
      base = null;
      read = null;
      if (from !== null && from.contentHash === expected && clock() - from.wholeAt < wholeEveryMs) {
        try {
          return await readChanges(from, request);
        } catch (error) {
          request.signal.throwIfAborted();
          if (!(error instanceof CordonError)) throw error;
          telemetry.changesGivenUp({ list, code: error.code, error });
        }
      }
      return await readWhole(request);
    },
    accept() {
      base = read;
    },
  };
}

interface OwedDeps {
  readonly request: WholeRequest;
  readonly deltas: ListDeltas;
}

/** The changes from a version to the newest, oldest first. Throws LIST_MALFORMED where the index does not lead there. */
async function changesOwed(from: Base, { request, deltas }: OwedDeps): Promise<readonly ListDelta[]> {
  const { value: index, address } = await fetchPart(indexAddress(request.url, deltas), request, (chunks) =>
    deltas.readIndex(chunks),
  );
  const newest = deltas.versionOf(address.pathname) ?? index.at(-1)?.version;
  if (newest !== index.at(-1)?.version) throw gap("the newest version has no changes in the index");
  const owed = versionsSince(index, from.version);
  if (owed === null) throw gap("the version in use is not in the index");
  if (owed.length > mostDeltas) throw gap("too many versions were missed");
  return owed;
}

function gap(what: string): CordonError {
  return new CordonError("LIST_MALFORMED", `the list's changes do not lead to its newest version: ${what}`);
}

interface Part<T> {
  readonly value: T;
  readonly contentHash: string;
  readonly bytes: number;
  readonly address: URL;
}

async function fetchPart<T>(url: URL, request: WholeRequest, parse: Parse<T>): Promise<Part<T>> {
  const reading = await readUrl({ ...request, url, validators: noValidators, parse });
  if (reading.kind === "unchanged")
    throw new CordonError("CONTRACT_VIOLATED", "what was asked for as a whole is said to be unchanged");
  return { ...reading, address: reading.address ?? url };
}

/** Beside the whole list, with the same credentials and query. */
function indexAddress(whole: URL, { indexFile }: ListDeltas): URL {
  const url = new URL(whole);
  url.pathname = new URL(indexFile, whole).pathname;
  return url;
}

/** Credentials go to the server they are for; an index that came by https does not lead to http. */
function addressOf({ url }: ListDelta, whole: URL): URL {
  const address = new URL(url);
  if (address.protocol !== "https:" && address.protocol !== whole.protocol)
    throw gap("changes are offered at an address without https");
  if (address.origin === whole.origin) {
    address.username = whole.username;
    address.password = whole.password;
  }
  return address;
}
