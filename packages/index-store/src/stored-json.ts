import { CordonError } from "@cordon/errors";
import { z } from "zod";

import type { IndexManifest, ListFault, ListState, Publisher } from "./port.ts";

const count = z.number().int().nonnegative();
const hash = z.string().regex(/^[0-9a-f]{64}$/);
const shortText = z.string().max(1024);

const publisherSchema = z.object({
  by: shortText,
  settings: z.record(shortText, z.string().max(4096)),
  fingerprint: hash,
}) satisfies z.ZodType<Publisher>;

const manifestSchema = z.object({
  version: hash,
  generation: count.min(1),
  bytes: count.min(1),
  chunks: count.min(1),
  engineVersion: shortText,
  createdAt: count,
  lists: z
    .array(z.object({ list: shortText, entries: count, publishedAt: shortText.nullable() }))
    .max(1000)
    .readonly(),
  rolledBack: z.object({ to: count.min(1), from: count.min(1) }).optional(),
  released: z.array(shortText).max(1000).readonly().optional(),
  publisher: publisherSchema.optional(),
  signature: shortText.optional(),
}) satisfies z.ZodType<IndexManifest>;

const listStateSchema = z.object({
  list: shortText,
  entries: count,
  publishedAt: shortText.nullable(),
  checkedAt: count,
  source: z.string().max(4096),
  contentHash: z.string().max(128),
  etag: shortText.nullable(),
  lastModified: shortText.nullable(),
  unknown: z.record(shortText, count).optional(),
  notKept: z.record(shortText, count).optional(),
  version: hash.optional(),
  signature: shortText.optional(),
}) satisfies z.ZodType<ListState>;

const listFaultSchema = z.object({
  list: shortText,
  code: shortText,
  message: shortText,
  source: z.string().max(4096),
  since: count,
  at: count,
  times: count,
}) satisfies z.ZodType<ListFault>;

/** Throws INDEX_CORRUPT when the text is no manifest. */
export function parseManifest(text: string): IndexManifest {
  return parse(manifestSchema, text, "the manifest");
}

/** Throws INDEX_CORRUPT when the text is no list state. */
export function parseListState(text: string): ListState {
  return parse(listStateSchema, text, "a list state");
}

/** Throws INDEX_CORRUPT when the text is no array of list states. */
export function parseListStates(text: string): readonly ListState[] {
  return parse(z.array(listStateSchema).max(1000), text, "the list states of a version");
}

/** Throws INDEX_CORRUPT when the text is no publisher. */
export function parsePublisher(text: string): Publisher {
  return parse(publisherSchema, text, "who keeps the index");
}

/** Throws INDEX_CORRUPT when the text is no array of faults. */
export function parseListFaults(text: string): readonly ListFault[] {
  return parse(z.array(listFaultSchema).max(1000), text, "why lists failed");
}

function parse<T>(schema: z.ZodType<T>, text: string, what: string): T {
  try {
    return schema.parse(JSON.parse(text));
  } catch (cause) {
    throw new CordonError("INDEX_CORRUPT", `${what} in the index store is not what Cordon writes there`, { cause });
  }
}
