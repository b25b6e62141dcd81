/** A message as its sender names it: what a repeat is known by, and what tells whether it says the same. */
export interface NamedMessage {
  /** Of the client and the message's own names, or of the client and its idempotency key. */
  readonly key: string;
  /** Of everything in it that decides what is produced. */
  readonly print: string;
}

export type Claim =
  /** It is ours to send; the first `sent` of its events were acknowledged before. */
  | { readonly kind: "claimed"; readonly sent: number }
  /** All of it is in Kafka. */
  | { readonly kind: "done" }
  /** Another request has it in hand. */
  | { readonly kind: "in-progress" }
  /** The same name, another content. */
  | { readonly kind: "reused" };

export interface EventToRegister {
  readonly eventId: string;
  /** Of its content, where its id is not made of it: an id that says something else is refused. */
  readonly print: string;
}

export type Registered =
  /** `at` tells this registration from an earlier one of the same id: milliseconds since the epoch, by Redis. */
  { readonly kind: "registered"; readonly at: number } | { readonly kind: "reused"; readonly eventId: string };

/** What came back of one event, as it stands in Kafka. */
export interface Verdict {
  readonly outcome: string;
  /** A framed Decision. */
  readonly decision: Buffer;
  /** A framed Alert; null where it is no hit, or none came in time. */
  readonly alert: Buffer | null;
}

export interface KnownEvent {
  readonly at: number;
  /** Whether the client that asks has sent it. */
  readonly mine: boolean;
  readonly verdict: Verdict | null;
}

/** Events whose replica is gone: somebody must look for their decisions. */
export interface Adopted {
  /** The replica that is gone. */
  readonly from: string;
  readonly events: readonly { readonly eventId: string; readonly at: number }[];
  /** All that Kafka had before it was seen by the replica that is gone, which was heard of later. Milliseconds since the epoch; 0: nothing. */
  readonly followedAt: number;
}

/**
 * What all replicas know together, for a bounded time: which messages were taken, and what became of their events.
 * Every method rejects with REDIS_UNAVAILABLE or REDIS_FULL.
 */
export interface Ledger {
  /** At most one request has a message in hand, until it is finished or released, its process is gone, or it takes too long. */
  claim(message: NamedMessage): Promise<Claim>;
  /** So many of its events are acknowledged. */
  sent(message: NamedMessage, events: number): Promise<void>;
  finish(message: NamedMessage): Promise<void>;
  /** The next who asks may go on with it. */
  release(message: NamedMessage): Promise<void>;
  /**
   * Before their records are sent: a decision may be back before the acknowledgement. What was known of them is forgotten. Whoever registers
   * counts as one that has beaten and has followed nothing yet, unless it has beaten.
   */
  register(events: readonly EventToRegister[], client: string): Promise<Registered>;
  event(eventId: string, client: string): Promise<KnownEvent | null>;
  /** A HIT stays, with its alert; a CLEAR gives way to a HIT only. An event that is not known stays so. */
  decided(verdicts: ReadonlyMap<string, Verdict>): Promise<void>;
  /** Says that this replica lives, and how far it has seen Kafka. */
  beat(followedAt: number): Promise<void>;
  /**
   * Takes in hand what replicas that no longer beat have left open, but for those that are named. It stays theirs, with the time up to which
   * they had seen Kafka, until `inherited`: whoever dies over it leaves all of it to the next, and whose answer was lost is given it again.
   */
  adopt(inHand?: ReadonlySet<string>): Promise<readonly Adopted[]>;
  /** All that had been decided of it is noted: what is open still is ours from now on. To be said again where the answer was lost. */
  inherited(from: string): Promise<void>;
  /** Forgets open events that nobody may ask for any more. */
  trim(): Promise<void>;
}
