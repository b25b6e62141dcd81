/** When each event of a run was due, and how long after that its decision was seen. */
export interface Sheet {
  /** How many events are due by that moment, milliseconds since the run began. */
  dueBy(elapsed: number): number;
  /** A decision was seen; the first of an event counts. */
  decided(number: number, elapsed: number): void;
  /** Whether every event has a decision. */
  complete(): boolean;
  /** Of the events from `from` to before `to`. */
  spread(from: number, to: number): Spread;
}

/** Milliseconds; NaN where nothing was decided. */
export interface Spread {
  readonly events: number;
  readonly undecided: number;
  readonly p50: number;
  readonly p99: number;
  readonly p999: number;
  readonly max: number;
}

/** `rate` events a second, evenly, `count` in all. A late client is not spared: the time counts from when an event was due. */
export function newSheet(rate: number, count: number): Sheet {
  const took = new Float64Array(count).fill(Number.NaN);
  const dueAt = (number: number): number => (number * 1000) / rate;
  let open = count;
  return {
    dueBy: (elapsed) => Math.max(0, Math.min(count, Math.floor((elapsed * rate) / 1000) + 1)),
    decided(number, elapsed) {
      if (number >= count || !Number.isNaN(took[number])) return;
      took[number] = elapsed - dueAt(number);
      open--;
    },
    complete: () => open === 0,
    spread(from, to) {
      const all = took.subarray(from, to);
      const decided = all.filter((one) => !Number.isNaN(one)).toSorted();
      const at = (share: number): number =>
        decided.length === 0 ? Number.NaN : decided[Math.ceil(share * decided.length) - 1]!;
      const undecided = all.length - decided.length;
      return { events: all.length, undecided, p50: at(0.5), p99: at(0.99), p999: at(0.999), max: at(1) };
    },
  };
}
