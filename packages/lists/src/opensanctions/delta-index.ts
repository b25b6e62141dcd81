import { CordonError } from "@cordon/errors";

import { jsonObject } from "../format/json-lines.ts";
import { textPieces } from "../format/text-pieces.ts";
import type { ListDelta } from "../list-source.ts";
import { compileParseOptions, type ParseOptions } from "../parse-options.ts";

/** Longest index; the published one has a few lines. */
const maxIndexBytes = 1024 * 1024;
/** `20240528134729-3iv`: the time of the version, so versions sort as texts. */
const versionShape = /^\d{14}-[a-z\d]{2,8}$/;
/** The archive has a folder for every version, and `latest` redirects to one. */
const versionFolder = /\/(\d{14}-[a-z\d]{2,8})\/[^/]+$/;

function refuse(what: string): CordonError {
  return new CordonError("LIST_MALFORMED", `OpenSanctions: delta.json ${what}`);
}

function deltaOf(version: string, url: unknown): ListDelta {
  if (!versionShape.test(version)) throw refuse("has a version of a shape that is not known");
  if (typeof url !== "string" || !/^https?:\/\//.test(url)) throw refuse("has a version without an address");
  return { version, url };
}

/**
 * Reads `delta.json`, the index of the versions that can be reached by delta files, oldest first. Throws LIST_EMPTY
 * for no content, LIST_TOO_LARGE past 1 MiB, LIST_MALFORMED for anything that is not such an index.
 */
export async function readOpenSanctionsDeltas(
  chunks: AsyncIterable<Uint8Array>,
  options: ParseOptions = {},
): Promise<readonly ListDelta[]> {
  const { maxBytes } = compileParseOptions(options);
  let text = "";
  for await (const piece of textPieces(chunks, Math.min(maxBytes, maxIndexBytes))) text += piece;
  let index: unknown;
  try {
    index = JSON.parse(text);
  } catch {
    throw refuse("is not JSON");
  }
  const versions = jsonObject(jsonObject(index)?.["versions"]);
  if (versions === null) throw refuse('has no "versions"');
  const deltas = Object.entries(versions).map(([version, url]) => deltaOf(version, url));
  return deltas.toSorted((a, b) => (a.version < b.version ? -1 : 1));
}

/** The version of a file of the archive: `/artifacts/sanctions/20240528134729-3iv/entities.ftm.json`. */
export function openSanctionsVersion(path: string): string | null {
  return versionFolder.exec(path)?.[1] ?? null;
}

/**
 * The deltas that lead from one version to the newest, in the order to apply them; none when it is the newest. Null
 * when it is not in the index: then nobody knows what lies between, and the whole file must be read.
 */
export function versionsSince(deltas: readonly ListDelta[], version: string): readonly ListDelta[] | null {
  const at = deltas.findIndex((delta) => delta.version === version);
  return at < 0 ? null : deltas.slice(at + 1);
}
