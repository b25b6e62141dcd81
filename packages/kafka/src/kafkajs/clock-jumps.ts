/*
 * kafkajs 2.2.4 measures its waits by the wall clock. When that is set back, what was due in a moment is due in hours: a
 * member sends no heartbeat, loses its partitions and never hears of it, and partitions that are added have no owner.
 */

/** What of a group is touched. */
export interface BeatingGroup {
  lastRequest: number;
  heartbeat: (this: BeatingGroup, options: { readonly interval: number }) => Promise<unknown>;
}

/** What of a broker pool is touched. */
export interface AgingPool {
  metadataExpireAt: number | null;
  readonly metadataMaxAge: number;
  refreshMetadataIfNecessary: (this: AgingPool, topics: readonly string[]) => Promise<unknown>;
}

/** A heartbeat that was sent in the future says nothing about the next one. */
export function beatAfterJump(heartbeat: BeatingGroup["heartbeat"]): BeatingGroup["heartbeat"] {
  return function beat(options) {
    if (this.lastRequest > Date.now()) this.lastRequest = 0;
    return heartbeat.call(this, options);
  };
}

/** Metadata that expires later than its age allows was fetched in the future. */
export function refreshAfterJump(
  refresh: AgingPool["refreshMetadataIfNecessary"],
): AgingPool["refreshMetadataIfNecessary"] {
  return function refreshIfOld(topics) {
    if ((this.metadataExpireAt ?? 0) > Date.now() + this.metadataMaxAge) this.metadataExpireAt = 0;
    return refresh.call(this, topics);
  };
}

/**
 * Makes a time that kafkajs keeps by the wall clock one of the clock that nobody sets: what it reads is that moment as the wall clock
 * would show it now. So that a throttle of a second ends after a second, and a request has the age that it has.
 */
export function keepByMonotonicClock(prototype: object, name: string): void {
  const moments = new WeakMap<object, number>();
  Object.defineProperty(prototype, name, {
    configurable: true,
    get(this: object): number | null {
      const moment = moments.get(this);
      return moment === undefined ? null : Date.now() - performance.now() + moment;
    },
    set(this: object, time: number | null) {
      if (time === null) moments.delete(this);
      else moments.set(this, time - Date.now() + performance.now());
    },
  });
}
