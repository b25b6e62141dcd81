import { CordonError, dispositionOf } from "@cordon/errors";
import { isAhead } from "@cordon/index-store";
import { guardList, type GuardLimits, type ListDeltas, type ListGuards, type ParsedList } from "@cordon/lists";
import type { DesignationType } from "@cordon/matching";

import type { Follower } from "../source/follow-changes.ts";
import { type FileMark, markFile, readFile } from "../source/read-file.ts";
import { readUrl, withoutCredentials } from "../source/read-url.ts";
import {
  noValidators,
  type Parse,
  type ParseFolder,
  type Reading,
  type ReadLimits,
  type Validators,
} from "../source/reading.ts";
import type { ListSyncTelemetry } from "../telemetry.ts";
import type { AcceptedList } from "./accepted-list.ts";

/** A `file` may turn out to be a folder of files. */
export type ListLocation =
  | { readonly kind: "url"; readonly url: URL }
  | { readonly kind: "file"; readonly path: string };

/** A list that is switched on: where it comes from and how it is read. */
export interface EnabledList {
  readonly list: string;
  readonly location: ListLocation;
  readonly parse: Parse<ParsedList>;
  /** How a folder is read, where the location is one. */
  readonly folder?: ParseFolder<ParsedList> | null;
  /** What the list never lacked, where it comes from the publisher and so is complete. */
  readonly guards?: ListGuards | null;
  /** How the changes are read that the publisher offers at the location, a URL. */
  readonly deltas?: ListDeltas | null;
}

export interface LookDeps {
  readonly telemetry: ListSyncTelemetry;
  readonly clock: () => number;
  readonly limits: ReadLimits;
  /** What a list is refused for, see `guardList`. */
  readonly guardLimits: GuardLimits;
  readonly signal: AbortSignal;
  /** See `readUrl`. */
  readonly backOffMs?: readonly number[];
  /** See `readFile`. */
  readonly settleMs?: number;
}

/**
 * - `good`: read and passed; `changed` tells whether its designations are a new object.
 * - `failed`: refused or not to be had; whatever was good before stays so.
 */
export type Look =
  | { readonly kind: "good"; readonly good: AcceptedList; readonly changed: boolean; readonly mark: FileMark | null }
  | { readonly kind: "failed"; readonly error: CordonError; readonly mark: FileMark | null };

export interface LookOptions {
  /** The last good version. */
  readonly known: AcceptedList | undefined;
  /** How many designations the live index has of it, where that is all that is known: null: none. */
  readonly liveEntries?: number | null;
  /** Allows the publisher to answer that nothing changed since, or only what did. */
  readonly conditional: boolean;
  /** Of this list, where its publisher offers changes. */
  readonly follower?: Follower | null;
}

/**
 * Reads one list's source, parses and guards it. An error nobody foresaw is not taken for a bad list: it rejects.
 */
export async function lookAtList(
  { list, location, parse, folder = null, guards = null }: EnabledList,
  { known, liveEntries = null, conditional, follower = null }: LookOptions,
  deps: LookDeps,
): Promise<Look> {
  const { clock, telemetry, signal } = deps;
  const startedAt = clock();
  const source = spellLocation(location);
  // Taken before reading: if the read fails, the file is looked at again only when it is another one.
  let mark = location.kind === "file" ? await markFile(location.path).catch(() => null) : null;
  try {
    let reading: Reading<ParsedList>;
    if (location.kind === "file") ({ reading, mark } = await readFile({ path: location.path, parse, folder, ...deps }));
    else {
      // The validators of another address say nothing about this one.
      const asked = conditional && known !== undefined && known.state.source === source;
      const validators = asked ? known.state : noValidators;
      const onRetry = (event: { readonly attempt: number; readonly reason: string }): void => {
        telemetry.fetchRetried({ list, ...event });
      };
      const request = { url: location.url, validators, onRetry, ...deps };
      reading =
        follower === null
          ? await readUrl({ ...request, parse })
          : await follower.read(request, asked ? known.state.contentHash : null);
    }
    const looked = { list, source, milliseconds: clock() - startedAt };
    const good = judge({ list, source, known, liveEntries, reading, guards, deps });
    follower?.accept();
    report(good, { reading, known, looked, telemetry });
    return { kind: "good", good, changed: reading.kind === "read", mark };
  } catch (error) {
    signal.throwIfAborted();
    if (!(error instanceof CordonError) || dispositionOf(error) !== "keep") throw error;
    const kept = known?.designations.length ?? null;
    telemetry.listFailed({ list, source, milliseconds: clock() - startedAt, code: error.code, error, kept });
    return { kind: "failed", error, mark };
  }
}

interface Judged {
  readonly list: string;
  readonly source: string;
  readonly known: AcceptedList | undefined;
  readonly liveEntries: number | null;
  readonly reading: Reading<ParsedList>;
  readonly guards: ListGuards | null;
  readonly deps: LookDeps;
}

/** Throws LIST_EMPTY, LIST_SHRUNK and what else the guards refuse. */
function judge({
  list,
  source,
  known,
  liveEntries,
  reading,
  guards,
  deps: { clock, guardLimits },
}: Judged): AcceptedList {
  const checkedAt = clock();
  if (reading.kind === "unchanged") {
    if (known === undefined) throw new CordonError("CONTRACT_VIOLATED", "a list that was never read is unchanged");
    return { state: { ...known.state, checkedAt }, designations: known.designations };
  }
  const { value: parsed, contentHash, validators } = reading;
  const { notKept } = parsed;
  const { publishedAt, unknown } = datedBy(parsed, checkedAt);
  guardList({
    parsed,
    previousEntries: known?.designations.length ?? liveEntries,
    ...(known === undefined ? {} : { previousByType: countTypes(known) }),
    // Another source may fill its columns otherwise.
    ...(known?.state.source === source ? { previous: known.designations } : {}),
    ...(guards === null ? {} : { guards }),
    ...guardLimits,
  });
  const { etag, lastModified }: Validators = validators;
  const entries = parsed.designations.length;
  return {
    state: { list, entries, publishedAt, checkedAt, source, contentHash, etag, lastModified, unknown, notKept },
    designations: parsed.designations,
  };
}

/** Publishers give the day, each of their own time zone. */
const mostAheadMs = 24 * 3_600_000;

/** A publication in the future is no date: it counts among what is not understood. */
function datedBy({ publishedAt, unknown }: ParsedList, now: number): Pick<ParsedList, "publishedAt" | "unknown"> {
  if (publishedAt === null || !isAhead(Date.parse(publishedAt), now + mostAheadMs)) return { publishedAt, unknown };
  return { publishedAt: null, unknown: { ...unknown, "date of publication in the future": 1 } };
}

function countTypes({ designations }: AcceptedList): Readonly<Partial<Record<DesignationType, number>>> {
  const counts: Partial<Record<DesignationType, number>> = {};
  for (const { type } of designations) counts[type] = (counts[type] ?? 0) + 1;
  return counts;
}

function report(
  { state }: AcceptedList,
  {
    reading,
    known,
    looked,
    telemetry,
  }: {
    readonly reading: Reading<ParsedList>;
    readonly known: AcceptedList | undefined;
    readonly looked: { readonly list: string; readonly source: string; readonly milliseconds: number };
    readonly telemetry: ListSyncTelemetry;
  },
): void {
  const { entries, publishedAt, checkedAt, contentHash, unknown = {}, notKept = {} } = state;
  if (reading.kind === "unchanged" || known?.state.contentHash === contentHash) {
    telemetry.listUnchanged({ ...looked, entries, publishedAt, checkedAt, unknown });
    return;
  }
  const { bytes, value } = reading;
  telemetry.listImported({
    ...looked,
    entries,
    names: value.counts.names,
    publishedAt,
    contentHash,
    bytes,
    checkedAt,
    unknown,
    notKept,
  });
}

/** Where a list comes from, fit for logs and for Redis: no credentials. */
export function spellLocation(location: ListLocation): string {
  return location.kind === "url" ? withoutCredentials(location.url) : location.path;
}
