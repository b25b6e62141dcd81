import type { ErrorCode } from "@cordon/errors";
import type { IndexManifest } from "@cordon/index-store";

import type { ListSyncTelemetry } from "./telemetry.ts";

/** What came of one list. */
export interface SyncedList {
  readonly list: string;
  readonly result: "updated" | "unchanged" | "refused";
  /** Designations that are in use now; null: none, the list was never read. */
  readonly entries: number | null;
  /** Of a refused one. */
  readonly code?: ErrorCode;
  readonly why?: string;
}

/** What one sync, or one rollback, came to. */
export interface SyncReport {
  readonly lists: readonly SyncedList[];
  /** The version that is live as far as was told. */
  readonly live: { readonly generation: number; readonly version: string; readonly isNew: boolean } | null;
  readonly announced: { readonly added: number; readonly amended: number; readonly removed: number } | null;
}

/** Gathers the report of one run from what happens in it. */
export function gatherReport(): {
  readonly telemetry: Partial<ListSyncTelemetry>;
  readonly report: () => SyncReport;
} {
  const lists = new Map<string, SyncedList>();
  let live: SyncReport["live"] = null;
  let announced: SyncReport["announced"] = null;
  const lives = ({ generation, version }: IndexManifest, isNew: boolean): void => {
    live = { generation, version, isNew };
  };
  return {
    telemetry: {
      listImported: ({ list, entries }) => void lists.set(list, { list, result: "updated", entries }),
      listUnchanged: ({ list, entries }) => void lists.set(list, { list, result: "unchanged", entries }),
      listFailed: ({ list, code, error, kept }) =>
        void lists.set(list, { list, result: "refused", entries: kept, code, why: error.message }),
      indexPublished: ({ manifest }) => {
        lives(manifest, true);
      },
      indexRolledBack: ({ manifest }) => {
        lives(manifest, true);
      },
      indexConfirmed: ({ manifest }) => {
        lives(manifest, false);
      },
      publishPinned: ({ manifest }) => {
        lives(manifest, false);
      },
      changesAnnounced: ({ added, amended, removed }) => {
        announced = {
          added: (announced?.added ?? 0) + added,
          amended: (announced?.amended ?? 0) + amended,
          removed: (announced?.removed ?? 0) + removed,
        };
      },
    },
    report: () => ({ lists: [...lists.values()], live, announced }),
  };
}
