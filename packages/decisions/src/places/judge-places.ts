import type { Decoded } from "@cordon/matching";

import type { FieldMatch } from "../field-match.ts";
import { acrossSeam, lineOfSeam, type Seam } from "../line-seams.ts";
import { countriesOfAgent, countriesOfParty } from "../policy/event-facts.ts";
import type { TextTreatments } from "../policy/text-treatment.ts";
import type { ScreenableBearer } from "../screenable-bearer.ts";
import type { ScreenableField } from "../screenable-field.ts";
import { leftOutMatch, type Told } from "../told.ts";
import type { WorkMeter } from "../work-meter.ts";
import { countriesOfBearer, countryOfEvent, type PlaceFinding, placesInText } from "./find-places.ts";
import type { PlaceBook } from "./place-book.ts";

/** Looks for the listed places of one event, and keeps what they lead to. */
export interface PlaceJudge {
  field(field: ScreenableField): void;
  /** What stands across the end of a line. */
  seam(seam: Seam): void;
  /** Countries by their codes: of every party and agent, and in fields of the event. */
  codes(ofEvent: readonly { readonly path: string; readonly text: string }[]): void;
  matches(): readonly FieldMatch[];
  told(): readonly Told[];
  isHeld(): boolean;
}

export interface PlaceJudgeDeps {
  readonly texts: TextTreatments;
  readonly bearers: readonly ScreenableBearer[];
  readonly meter: WorkMeter;
  readonly decode: (text: string) => Decoded;
}

export function placeJudge(book: PlaceBook, { texts, bearers, meter, decode }: PlaceJudgeDeps): PlaceJudge {
  const matches = new Map<string, FieldMatch>();
  const told = new Map<string, Told>();
  let held = false;

  /** One for each entry and field: the first, but that what hits or holds goes before what is only told. */
  function keep({ match, rule, isAside, kind }: PlaceFinding): void {
    const { designation, field, reasons, start, end } = match;
    const key = `${field.path} ${designation.id}`;
    const { screened, counts, places } = texts.of(field.role, kind);
    if (!screened || matches.has(key)) return;
    if (counts !== null && !counts(designation)) {
      told.set(key, leftOutMatch(designation, field.path, field.text.slice(start, end)));
      return;
    }
    const what = isAside ? "tell" : places === "listed" ? rule : places;
    if (what === "hit") {
      matches.set(key, match);
      told.delete(key);
      return;
    }
    if (what === "hold") held = true;
    else if (told.has(key)) return;
    const detail = `${reasons[0]?.detail ?? ""}${what === "hold" ? "; the event is held for it" : ""}`;
    told.set(key, { kind: "place", designationId: designation.id, path: field.path, detail });
  }

  function findIn(field: ScreenableField): readonly PlaceFinding[] {
    const countries = countriesNear(field, bearers);
    if (!meter.mayRead(field.text)) return [];
    const found = [...placesInText(book, field, countries)];
    for (const reading of decode(field.text).readings) {
      if (!meter.mayRead(reading.text)) break;
      for (const one of placesInText(book, { ...field, text: reading.text }, countries)) {
        const { match } = one;
        const placed = {
          ...match,
          ...reading.place(match.start, match.end),
          field: { ...match.field, text: field.text },
        };
        found.push({ ...one, match: placed });
      }
    }
    return found;
  }

  return {
    field(field) {
      for (const found of findIn(field)) keep(found);
    },
    seam(seam) {
      for (const found of findIn(lineOfSeam(seam)))
        for (const match of acrossSeam(seam, [found.match])) keep({ ...found, match });
    },
    codes(ofEvent) {
      for (const bearer of bearers) for (const found of countriesOfBearer(book, bearer)) keep(found);
      for (const { path, text } of ofEvent) for (const found of countryOfEvent(book, path, text)) keep(found);
    },
    matches: () => [...matches.values()],
    told: () => [...told.values()],
    isHeld: () => held,
  };
}

/** What the event tells of where the party or agent is that has the text. */
function countriesNear({ path }: ScreenableField, bearers: readonly ScreenableBearer[]): readonly string[] {
  const bearer = bearers.find((one) => path.startsWith(`${one.path}.`));
  if (bearer === undefined) return [];
  const { record } = bearer;
  return "nationalities" in record ? countriesOfParty(record) : countriesOfAgent(record);
}
