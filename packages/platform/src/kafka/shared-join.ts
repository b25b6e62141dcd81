/** What of kafkajs 2.2.4 is touched. */
export interface JoiningGroup {
  joinAndSync: (this: JoiningGroup) => Promise<unknown>;
}

/**
 * A `joinAndSync` that callers at the same moment share. kafkajs has a fetcher for each broker, and each of them joins by
 * itself when it sees that the metadata changed: every join but the first would turn the one before it out again.
 */
export function joinTogether(joinAndSync: JoiningGroup["joinAndSync"]): JoiningGroup["joinAndSync"] {
  const underWay = new WeakMap<JoiningGroup, Promise<unknown>>();
  return function joinOnce(this: JoiningGroup) {
    const known = underWay.get(this);
    if (known !== undefined) return known;
    const joining = joinAndSync.call(this).finally(() => underWay.delete(this));
    underWay.set(this, joining);
    return joining;
  };
}
