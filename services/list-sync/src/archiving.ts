import { CordonError } from "@cordon/errors";
import { archiveVersions, type IndexArchive, type IndexStore } from "@cordon/index-store";

import type { ListSyncTelemetry } from "./telemetry.ts";

/** The store keeps the last few versions only: long enough for many attempts. */
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
  const look = (): void => {
    running ??= archiveAll(store, archive, telemetry).finally(() => {
      running = null;
    });
  };
  const watching = store.watch(look);
  const timer = setInterval(look, everyMs);
  look();
  return {
    async close() {
      clearInterval(timer);
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
    const versions = await archiveVersions(store, archive, (_, error) => {
      telemetry.archiveFailed({ error });
    });
    telemetry.indexesArchived({ versions });
  } catch (error) {
    const known =
      error instanceof CordonError
        ? error
        : new CordonError("ARCHIVE_UNAVAILABLE", "archiving failed", { cause: error });
    telemetry.archiveFailed({ error: known });
  }
}
