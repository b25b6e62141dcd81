import type { IndexStore } from "@cordon/index-store";
import { type Designation, designationHash, openSnapshot } from "@cordon/matching";

import type { Tx } from "../database/connect.ts";
import { columns } from "../ingest/keep-alerts.ts";

interface EntryAsMatched {
  readonly designationId: string;
  readonly designationHash: string | null;
}

/** The entries of the live index, and the versions of them that alerts were raised for. */
export interface EntryBook {
  /** Looks for a newer index. Keeps what it has while the store is away. */
  refresh(): Promise<void>;
  /** Keeps the text of entries as they were when they matched, as far as the live index still has them so. */
  keepVersions(tx: Tx, matches: readonly EntryAsMatched[]): Promise<void>;
  /** The entry as it was then; null where nobody kept it. */
  asMatched(tx: Tx, entry: EntryAsMatched): Promise<Designation | null>;
}

export function createEntryBook(store: Pick<IndexStore, "current" | "load">): EntryBook {
  let version = "";
  let live: ReadonlyMap<string, Designation> = new Map();

  function liveAs({ designationId, designationHash: wanted }: EntryAsMatched): Designation | null {
    const found = live.get(designationId);
    return found !== undefined && (wanted === null || designationHash(found) === wanted) ? found : null;
  }

  return {
    async refresh() {
      const manifest = await store.current();
      if (manifest === null || manifest.version === version) return;
      const index = openSnapshot(await store.load(manifest));
      live = new Map([...index.designations()].map((one) => [one.id as string, one]));
      version = manifest.version;
    },
    async keepVersions(tx, matches) {
      const wanted = new Map(matches.map((one) => [`${one.designationId} ${one.designationHash ?? ""}`, one]));
      const found = [...wanted].flatMap(([key, one]) => {
        if (one.designationHash === null) return [];
        const entry = liveAs(one);
        return entry === null ? [] : [{ key, ...one, body: JSON.stringify(entry) }];
      });
      if (found.length === 0) return;
      await tx.query(
        `INSERT INTO designation_version (designation_id, hash, body)
         SELECT * FROM unnest($1::text[], $2::text[], $3::text[]) ON CONFLICT DO NOTHING`,
        columns(
          found.toSorted((a, b) => (a.key < b.key ? -1 : 1)),
          (one) => [one.designationId, one.designationHash, one.body],
          3,
        ),
      );
    },
    async asMatched(tx, entry) {
      const { rows } = await tx.query<{ body: string }>(
        "SELECT body FROM designation_version WHERE designation_id = $1 AND hash = $2",
        [entry.designationId, entry.designationHash],
      );
      return rows[0] === undefined ? liveAs(entry) : (JSON.parse(rows[0].body) as Designation);
    },
  };
}
