import { createRecent, type Recent } from "@cordon/messages";
import type { CompiledSearchOptions, ScreeningIndex, SearchResult } from "@cordon/screening";

/** Answers kept for one kind of search. A few customers make most of the payments. */
const mostAnswers = 100_000;

/**
 * The same index, which remembers what it answered lately. What is remembered belongs to this one object, and so to one
 * generation: with the next one everything is forgotten, so that no answer outlives an update of a list.
 *
 * Answers are shared between events and must not be changed; the engine's are read-only. "Too broad" is never kept: how far
 * a search gets within its bound may depend on what was asked before.
 */
export function rememberingIndex(index: ScreeningIndex, most = mostAnswers): ScreeningIndex {
  const names = byOptions(most);
  const lines = byOptions(most);
  return {
    engineVersion: index.engineVersion,
    lists: index.lists,
    names: index.names,
    search: (name, options) => names(options).of(name, (text) => index.search(text, options)),
    searchText: (line, options) => lines(options).of(line, (text) => index.searchText(text, options)),
    lineKey: (text) => index.lineKey(text),
    findIdentifier: (keys) => index.findIdentifier(keys),
    linkedTo: (designation) => index.linkedTo(designation),
    designations: () => index.designations(),
  };
}

/** Options are compiled and frozen once, so the object tells which they are; another with the same content only costs memory. */
function byOptions(most: number): (options: CompiledSearchOptions) => Recent<SearchResult> {
  const kept = new WeakMap<CompiledSearchOptions, Recent<SearchResult>>();
  return (options) => {
    let recent = kept.get(options);
    if (recent === undefined) kept.set(options, (recent = createRecent(most, ({ kind }) => kind !== "too-broad")));
    return recent;
  };
}
