import { CordonError } from "@cordon/errors";
import { archiveVersions, type IndexArchive, type IndexStore } from "@cordon/index-store";

import type { ListSyncTelemetry } from "./telemetry.ts";

/** Without news. The store keeps the last few versions only: long enough for many attempts. */
const everyMs = 60_000;

/**
 * Keeps every version that is published in the archive, behind the back of publishing: an archive that is away must not keep a name
 * off the lists. What was published while this process was not there is taken over, too, as long as the store has it.
 */
export function startArchiving({
  store,
  archive,
  telemetry,
}: {
  readonly store: IndexStore;
  readonly archive?: IndexArchive | null;
  readonly telemetry: Pick<ListSyncTelemetry, "indexesArchived" | "archiveFailed">;
}): { close(): Promise<void> } {
  if (archive === undefined || archive === null) return { close: async () => Promise.resolve() };
  let running: Promise<void> | null = null;
  let looked = { generation: -1, at: Number.NEGATIVE_INFINITY };
  /** A watcher is called far more often than something is published, and each look asks the archive about every version. */
  const lookOnce = async (): Promise<void> => {
    const generation = await store.liveGeneration().catch(() => -1);
    if (generation === looked.generation && performance.now() - looked.at < everyMs) return;
    looked = { generation, at: performance.now() };
    await archiveAll(store, archive, telemetry);
  };
  const look = (): void => {
    running ??= lookOnce().finally(() => {
      running = null;
    });
  };
  const watching = store.watch(look);
  return {
    async close() {
      await watching.close();
      await running;
    },
  };
}

async function archiveAll(
  store: IndexStore,
  archive: IndexArchive,
  telemetry: Pick<ListSyncTelemetry, "indexesArchived" | "archiveFailed">,
): Promise<void> {
  try {
    let damaged = 0;
    const versions = await archiveVersions(store, archive, (_, error) => {
      damaged += 1;
      telemetry.archiveFailed({ error });
    });
    if (damaged === 0) telemetry.indexesArchived({ versions });
  } catch (error) {
    const known =
      error instanceof CordonError
        ? error
        : new CordonError("ARCHIVE_UNAVAILABLE", "archiving failed", { cause: error });
    telemetry.archiveFailed({ error: known });
  }
}
