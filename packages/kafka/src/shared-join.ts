import { retrying } from "./deadline.ts";
import { isCoordinatorLoading } from "./kafka-errors.ts";

/** What of kafkajs 2.2.4 is touched. */
export interface JoiningGroup {
  joinAndSync: (this: JoiningGroup) => Promise<unknown>;
}

/** A coordinator that took a group over reads what it was told of it first, which takes a moment; kafkajs gives up at once. */
const untilLoaded = { pauses: [100, 200, 400, 800, 1_600, 1_600], isPassing: isCoordinatorLoading } as const;

/**
 * A `joinAndSync` that callers at the same moment share. kafkajs has a fetcher for each broker, and each of them joins by
 * itself when it sees that the metadata changed: every join but the first would turn the one before it out again.
 */
export function joinTogether(joinAndSync: JoiningGroup["joinAndSync"]): JoiningGroup["joinAndSync"] {
  const underWay = new WeakMap<JoiningGroup, Promise<unknown>>();
  return function joinOnce(this: JoiningGroup) {
    const known = underWay.get(this);
    if (known !== undefined) return known;
    const joining = retrying(() => joinAndSync.call(this), untilLoaded).finally(() => underWay.delete(this));
    underWay.set(this, joining);
    return joining;
  };
}
