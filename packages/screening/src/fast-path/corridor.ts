import { countriesOfAgent, countriesOfParty, countryOf, type Side, sideOf } from "@cordon/decisions";
import { partKinds, type PartsReader } from "@cordon/schemas";

import { createRecentBytes, NOTHING_KEPT, type RecentBytes } from "./recent-bytes.ts";
import type { UnreadEvent } from "./unread-event.ts";

/** The countries of both sides of an event. */
export interface Corridor {
  readonly from: readonly string[];
  readonly to: readonly string[];
}

/** Finds the corridors of events that were not read, as `factsOfPayment` and `factsOfRemittance` of decisions do. */
export interface CorridorFinder {
  ofPayment(event: UnreadEvent): Corridor;
  told(from: string | null, to: string | null): Corridor;
}

const MOST_BEARERS = 20_000;
const LONGEST_BEARER = 2048;
/** Sets of countries that are numbered; most parties tell of one. */
const MOST_SETS = 10_000;

/** Remembers the countries of parties and agents by their bytes. */
export function corridorFinder(): CorridorFinder {
  const sets: (readonly string[])[] = [];
  const numbers = new Map<string, number>();
  const knownBy = new WeakMap<PartsReader, RecentBytes[]>();

  function countriesIn({ parts, value, bytes, base, reader }: UnreadEvent, part: number): readonly string[] {
    const isParty = parts.kind[part]! < partKinds.AGENT_NAMED;
    const [start, end] = [parts.start[part]!, parts.end[part]!];
    let known = knownBy.get(reader);
    if (known === undefined)
      knownBy.set(reader, (known = [0, 1].map(() => createRecentBytes(MOST_BEARERS, LONGEST_BEARER))));
    const memory = known[isParty ? 0 : 1]!;
    const before = memory.get(bytes, base + start, base + end);
    if (before !== NOTHING_KEPT) return sets[before]!;
    const countries = isParty ? ofParty(reader.party(value, start, end)) : ofAgent(reader.agent(value, start, end));
    const number = numberOf(countries);
    if (number !== null) memory.keep(bytes, base + start, base + end, number);
    return countries;
  }

  function numberOf(countries: readonly string[]): number | null {
    const key = countries.join();
    const known = numbers.get(key);
    if (known !== undefined) return known;
    if (sets.length >= MOST_SETS) return null;
    numbers.set(key, sets.length);
    return sets.push(countries) - 1;
  }

  return {
    ofPayment(event) {
      const { parts, reader } = event;
      const found: Record<Side, Set<string>> = { from: new Set(), to: new Set() };
      for (let part = 0; part < parts.count; part++) {
        // A text has no role, and so no side.
        const side = sideOf(reader.owners[parts.owner[part]!]!.role ?? "OTHER");
        if (side !== null) for (const country of countriesIn(event, part)) found[side].add(country);
      }
      return { from: [...found.from], to: [...found.to] };
    },
    told: (from, to) => ({ from: codesOf(from), to: codesOf(to) }),
  };
}

/** What cannot be read is read in full, where it is nothing, too. */
function ofParty(party: ReturnType<PartsReader["party"]>): readonly string[] {
  return party === null ? [] : countriesOfParty(party);
}

function ofAgent(agent: ReturnType<PartsReader["agent"]>): readonly string[] {
  return agent === null ? [] : countriesOfAgent(agent);
}

function codesOf(country: string | null): readonly string[] {
  return country === null ? [] : [countryOf(country)];
}
