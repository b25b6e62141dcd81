import { type CordonError, dispositionOf } from "@cordon/errors";
import { type IndexStore, lacksLists, type ListFault } from "@cordon/index-store";

/** Why lists are not what they should be, kept in the store, so that `cordon lists status` can say it. */
export interface ListFaults {
  failed(list: string, error: CordonError, source: string): void;
  good(list: string): void;
  /** Lists that would leave the index, all of them. */
  lacking(lists: readonly string[]): void;
  /** Writes what changed. While the store is away it stays to be written: that is no reason to keep a list from it. */
  save(): Promise<void>;
}

const longestMessage = 600;

export function createListFaults(store: IndexStore, clock: () => number): ListFaults {
  let faults: Map<string, ListFault> | null = null;
  let missing: readonly string[] | null = null;
  const heard = new Map<string, { readonly error: CordonError; readonly source: string } | null>();

  /** When a list failed first is known from the process before this one. */
  async function known(): Promise<Map<string, ListFault>> {
    faults ??= new Map((await orNothing(() => store.listFaults(), [])).map((fault) => [fault.list, fault]));
    return faults;
  }

  async function save(): Promise<void> {
    const all = await known();
    if (missing !== null)
      for (const { list, code } of all.values())
        if (code === "INDEX_LACKS_LIST" && !missing.includes(list)) heard.set(list, null);
    for (const list of missing ?? []) heard.set(list, { error: lacksLists([list]), source: "off" });
    for (const [list, fault] of heard) {
      const before = all.get(list);
      const at = clock();
      if (fault === null) all.delete(list);
      else {
        const { error, source } = fault;
        const message = error.message.slice(0, longestMessage);
        const since = before?.since ?? at;
        all.set(list, { list, code: error.code, message, source, since, at, times: (before?.times ?? 0) + 1 });
      }
    }
    if (heard.size > 0) await store.saveListFaults([...all.values()]);
    heard.clear();
    missing = null;
  }

  return {
    failed: (list, error, source) => void heard.set(list, { error, source }),
    good: (list) => void heard.set(list, null),
    lacking: (lists) => void (missing = lists),
    save: () => orNothing(save, undefined),
  };
}

async function orNothing<T>(work: () => Promise<T>, otherwise: T): Promise<T> {
  try {
    return await work();
  } catch (error) {
    const disposition = dispositionOf(error);
    if (disposition !== "retry" && disposition !== "keep") throw error;
    return otherwise;
  }
}
