/** The hash tag keeps all keys in one slot of a cluster: one script touches them together. */
const tag = "{idx}";

/** The keys of one index store. */
export interface RedisKeys {
  /** Hash: `generation`, `chunks`, `manifest` (JSON) of the live version. */
  readonly current: string;
  /** Hash: list name to list state (JSON). */
  readonly lists: string;
  /** Hash: generation to outbox (bytes). */
  readonly outbox: string;
  /** Stream: an entry for each publish. */
  readonly changes: string;
  /** Hash: generation to manifest (JSON) of each version that was replaced and is kept. */
  readonly versions: string;
  /** Hash: generation to the list states (JSON) that such a version had to the last. */
  readonly versionStates: string;
  /** String that expires: the publisher (JSON) that keeps the index now. */
  readonly publisher: string;
  /** String: why lists failed (JSON). */
  readonly faults: string;
  /** The chunks of a published version. Named by generation, so that the same bytes published twice share no key. */
  chunks(generation: number, count: number): readonly string[];
  /** The chunks of a version on its way, under a name of its own for each attempt. */
  uploads(attempt: string, count: number): readonly string[];
}

export function redisKeys(prefix: string): RedisKeys {
  const base = `${prefix}${tag}:`;
  const numbered = (name: string, count: number): readonly string[] =>
    Array.from({ length: count }, (_, index) => `${base}${name}:c${String(index)}`);
  return {
    current: `${base}current`,
    lists: `${base}lists`,
    outbox: `${base}outbox`,
    changes: `${base}changes`,
    versions: `${base}versions`,
    versionStates: `${base}version-states`,
    publisher: `${base}publisher`,
    faults: `${base}list-faults`,
    chunks: (generation, count) => numbered(`g${String(generation)}`, count),
    uploads: (attempt, count) => numbered(`up:${attempt}`, count),
  };
}
