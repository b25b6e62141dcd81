import type { ListName } from "@cordon/matching/listed";

import type { ListGuards } from "./list-guards.ts";
import type { ParseOptions } from "./parse-options.ts";
import type { ParsedList } from "./parsed-list.ts";

export type ParseList = (chunks: AsyncIterable<Uint8Array>, options?: ParseOptions) => Promise<ParsedList>;

/** A list that is published as several files, which make sense together only. */
export interface ListFolder {
  /** The names of the files, in lower case; publishers write them either way. All are needed. */
  readonly files: readonly string[];
  /** Takes the files by those names. Each must be read to its end. */
  readonly parse: (
    files: Readonly<Record<string, AsyncIterable<Uint8Array>>>,
    options?: ParseOptions,
  ) => Promise<ParsedList>;
}

/** One state of a list, to which its publisher's changes can be applied. */
export interface ChangingList {
  /** Applies the changes of one version. After a rejection the list is of no use any more. */
  readonly apply: (delta: AsyncIterable<Uint8Array>) => Promise<void>;
  /** What the list says now: the same as the whole file of that version. */
  readonly parsed: () => ParsedList;
}

/** Where the changes of one version against the one before it are. */
export interface ListDelta {
  /** Versions sort as texts. */
  readonly version: string;
  readonly url: string;
}

/** How a list is kept up to date by the changes that its publisher offers beside the whole file. */
export interface ListDeltas {
  /** The index of the changes, beside the whole file. */
  readonly indexFile: string;
  /** The version that a path of the publisher's archive belongs to; null where it does not say. */
  readonly versionOf: (path: string) => string | null;
  /** The versions that the index knows the changes of, oldest first. */
  readonly readIndex: (chunks: AsyncIterable<Uint8Array>) => Promise<readonly ListDelta[]>;
  /** Reads the whole file. */
  readonly parse: (chunks: AsyncIterable<Uint8Array>, options?: ParseOptions) => Promise<ChangingList>;
}

/**
 * All that Cordon knows of one publisher's list. Everything that handles lists (the service's settings, the command
 * line, `npm start`) is made from these: a list is added by a folder that exports one, its name in `list-names.ts` of `packages/matching`, and a line in `listSources`.
 */
export interface ListSource {
  /** Short name; prefixes every designation id of the list. */
  readonly list: ListName;
  readonly title: string;
  /** Where the publisher offers the complete file; null where nobody publishes it, as with a firm's own list. */
  readonly url: string | null;
  /** Whether the services read it unless they are told otherwise. */
  readonly onByDefault: boolean;
  /** What a file or an answer is, for people: `the CSV`, `the XML`. */
  readonly formats: string;
  /** Reads the list from one file. A list with several formats looks at the first bytes. */
  readonly parse: ParseList;
  /** How the list is read from a folder, where it is published in several files. */
  readonly folder: ListFolder | null;
  /** What the publisher's complete list never lacked. Absent: nothing is known. */
  readonly guards?: ListGuards;
  /** Absent: the publisher offers the whole list only. */
  readonly deltas?: ListDeltas;
}
