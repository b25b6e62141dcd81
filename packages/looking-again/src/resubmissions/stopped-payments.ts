import { type PaymentFacts, plain } from "./payment-facts.ts";

/** Where an event lies. */
export interface PlaceOfEvent {
  readonly topic: string;
  readonly partition: number;
  readonly offset: number;
}

/** A payment that was stopped. */
export interface StoppedPayment extends PlaceOfEvent {
  readonly eventId: string;
  /** Its alert; null where it was held without a hit. */
  readonly alertId: string | null;
  readonly holdReason: string | null;
  /** When it was stopped, milliseconds since the epoch. */
  readonly at: number;
  readonly facts: PaymentFacts;
  /** Parts of texts that hit, as they were received; of a hold, none. */
  readonly matched: readonly string[];
}

/** An event that may be a stopped payment sent again. */
export interface Candidate extends PlaceOfEvent {
  readonly eventId: string;
  /** When it came, milliseconds since the epoch. */
  readonly at: number;
  readonly facts: PaymentFacts;
}

export interface FoundResubmission {
  readonly stopped: StoppedPayment;
  readonly sameBy: readonly string[];
  readonly removed: readonly string[];
  readonly added: readonly string[];
}

export interface StoppedPaymentsOptions {
  /** How long a payment is remembered, milliseconds. */
  readonly windowMs: number;
  /** Most that are remembered; the oldest are forgotten first. */
  readonly most: number;
}

/** Payments that were stopped lately. Bounded, whatever comes. */
export interface StoppedPayments {
  readonly size: number;
  /** How many were forgotten before their time, for there were too many. */
  readonly forgotten: number;
  remember(payment: StoppedPayment): void;
  /** For it was cleared after all. */
  forget(place: PlaceOfEvent): void;
  /** The stopped payment that this event is without what had stopped it; null for nearly all. */
  resubmissionOf(candidate: Candidate): FoundResubmission | null;
}

/** Of payments that share a key the latest: looking one up takes no longer than that. */
const mostOfOneKey = 16;

/** Clocks differ, and a decision is stamped after its event. */
const slackMs = 60_000;

export function createStoppedPayments({ windowMs, most }: StoppedPaymentsOptions): StoppedPayments {
  /** By place, the oldest first. */
  const payments = new Map<string, StoppedPayment>();
  const byKey = new Map<string, Set<string>>();
  let forgotten = 0;

  function drop(place: string): void {
    const payment = payments.get(place);
    if (payment === undefined) return;
    payments.delete(place);
    for (const { key } of payment.facts.keys) {
      const places = byKey.get(key);
      places?.delete(place);
      if (places?.size === 0) byKey.delete(key);
    }
  }

  function dropOld(now: number): void {
    for (const [place, { at }] of payments) {
      if (at >= now - windowMs) break;
      drop(place);
    }
  }

  return {
    get size() {
      return payments.size;
    },
    get forgotten() {
      return forgotten;
    },
    remember(payment) {
      dropOld(payment.at);
      const place = nameOf(payment);
      drop(place);
      if (payment.facts.keys.length === 0) return;
      payments.set(place, payment);
      for (const { key } of payment.facts.keys) {
        const places = byKey.get(key);
        if (places === undefined) byKey.set(key, new Set([place]));
        else {
          places.add(place);
          const [oldest] = places;
          if (places.size > mostOfOneKey && oldest !== undefined) places.delete(oldest);
        }
      }
      if (payments.size <= most) return;
      forgotten += 1;
      const [oldest] = payments.keys();
      if (oldest !== undefined) drop(oldest);
    },
    forget: (place) => {
      drop(nameOf(place));
    },
    resubmissionOf(candidate) {
      const places = new Set(candidate.facts.keys.flatMap(({ key }) => [...(byKey.get(key) ?? [])]));
      places.delete(nameOf(candidate));
      let best: FoundResubmission | null = null;
      for (const place of places) {
        const stopped = payments.get(place);
        if (stopped === undefined || stopped.at < candidate.at - windowMs || stopped.at > candidate.at + slackMs)
          continue;
        const found = compared(stopped, candidate);
        if (found !== null && (best === null || found.stopped.at > best.stopped.at)) best = found;
      }
      return best;
    },
  };
}

function nameOf({ topic, partition, offset }: PlaceOfEvent): string {
  return `${topic}/${String(partition)}/${String(offset)}`;
}

/**
 * Of a payment that hit: what hit is not there any more. Of one that was held: a name is gone or another one. A text that lost characters
 * or has no letter stopped a payment by itself: that it is mended is what was asked for.
 */
function compared(stopped: StoppedPayment, { facts }: Candidate): FoundResubmission | null {
  const sameBy = keysInCommon(stopped.facts, facts);
  if (sameBy.length === 0) return null;
  const now = [...facts.names, ...facts.texts].map((text) => new Set(wordsOf(text)));
  const isThere = (text: string): boolean => {
    const words = wordsOf(text);
    return now.some((one) => words.every((word) => one.has(word)));
  };
  const watched = stopped.alertId === null ? stopped.facts.names.filter(isReadable) : stopped.matched;
  const removed = watched.filter((text) => !isThere(text));
  if (removed.length === 0) return null;
  const before = new Set(stopped.facts.names.map(spelt));
  return {
    stopped,
    sameBy,
    removed: [...new Set(removed)],
    added: facts.names.filter((name) => !before.has(spelt(name))),
  };
}

const titles: ReadonlySet<string> = new Set([
  "MR",
  "MRS",
  "MS",
  "MISS",
  "DR",
  "PROF",
  "SIR",
  "HERR",
  "FRAU",
  "M",
  "MME",
  "SR",
  "SRA",
]);

/** In whatever order: a bank between turns names, and adds or drops a title. */
function wordsOf(text: string): readonly string[] {
  const words = plain(text).split(" ");
  const telling = words.filter((word) => !titles.has(word));
  return (telling.length > 0 ? telling : words).filter((word) => word !== "");
}

function spelt(name: string): string {
  return wordsOf(name).toSorted().join(" ");
}

/** Another payer pays another payment, whatever they share; to another payee it is another one unless an id says the same. */
function keysInCommon(first: PaymentFacts, second: PaymentFacts): readonly string[] {
  const shared = new Set(first.keys.map(({ key }) => key));
  const common = second.keys.filter(({ key }) => shared.has(key));
  const samePayer = !contradict(first.payer, second.payer);
  const samePayee = !contradict(first.payee, second.payee);
  const words = common
    .filter(({ word, tellsApart }) => word === "uetr" || (samePayer && (samePayee || tellsApart)))
    .map(({ word }) => word);
  return [...new Set(words)];
}

/** Both are known, and nothing of one is in the other. */
function contradict(one: readonly string[], other: readonly string[]): boolean {
  return one.length > 0 && other.length > 0 && !one.some((token) => other.includes(token));
}

function isReadable(text: string): boolean {
  return /\p{L}/u.test(text) && !text.includes("\uFFFD");
}
