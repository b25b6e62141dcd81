/** Who makes the payments of a benchmark: what a screener knows of its customers decides what an event costs. */
export interface Population {
  /** Customers, drawn by Zipf's law: a few make most of the payments. */
  readonly customers: number;
  /** The share of the events after which counting begins. */
  readonly countFrom: number;
}

/**
 * `learning`: as after a start, customers met for the first time all along, from half a party an event down to a hundredth.
 * `steady`: a tenth of the events on, all customers are known. `wide`: more customers than a screener remembers, so that a
 * fifth of the parties and more is always new.
 */
export const populations = {
  learning: { customers: 100_000, countFrom: 0 },
  steady: { customers: 8_000, countFrom: 0.1 },
  wide: { customers: 3_000_000, countFrom: 0.1 },
} as const satisfies Record<string, Population>;

export type PopulationName = keyof typeof populations;
export const populationNames = ["learning", "steady", "wide"] as const satisfies readonly PopulationName[];

/** `short`: two or three parties, two agents and a line. `pacs008`: what a message of that kind leads to, with origins. */
export const eventSizes = ["short", "pacs008"] as const;
export type EventSize = (typeof eventSizes)[number];

/** By what an event's record is keyed: its own id, or the customer who pays, so that each replica meets only its own. */
export const eventKeys = ["event", "customer"] as const;
export type EventKey = (typeof eventKeys)[number];
