import { createHash, type Hash } from "node:crypto";

import type { ErrorCode } from "@cordon/errors";
import { compileSnapshot, type Designation, openSnapshot, selfCheck, snapshotVersion } from "@cordon/matching";

/** An index, made and tried. */
export interface Compiled {
  readonly snapshot: Uint8Array;
  /** SHA-256 of the bytes, hexadecimal. */
  readonly version: string;
  readonly names: number;
}

/**
 * Compiles, and opens the result once: what we cannot read ourselves must not reach a screener. Seconds of work in one
 * piece. Throws SNAPSHOT_INVALID for an index that does not find who is in it.
 */
export function compileHere(designations: readonly Designation[]): Compiled {
  const snapshot = compileSnapshot(designations, { sha256 });
  const index = openSnapshot(snapshot, { sha256 });
  selfCheck(index);
  return { snapshot, version: snapshotVersion(snapshot, { sha256 }), names: index.names };
}

/** The runtime's: the engine, which has none, would take eight times as long. */
export function sha256(): Hash {
  return createHash("sha256");
}

/** What the thread that compiles is sent: the designations in slices, and then the end of them. */
export type ToCompiler =
  | { readonly kind: "some"; readonly designations: readonly Designation[] }
  | { readonly kind: "end" };

/** What it sends back, once. */
export type FromCompiler =
  | { readonly kind: "compiled"; readonly compiled: Compiled }
  | { readonly kind: "refused"; readonly code: ErrorCode; readonly message: string };
