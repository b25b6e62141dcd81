import {
  type Designation,
  designationId,
  type DesignationType,
  type ListedBirthDate,
  type ListedRemark,
  type ListedVesselFact,
} from "@cordon/matching/listed";

import { cleanText } from "../format/clean-text.ts";
import { partialDate } from "../publisher/partial-date.ts";
import type { Tally } from "../tally.ts";
import { addressesOf } from "./addresses.ts";
import { countryOf } from "./country.ts";
import type { LinkedEntities } from "./entity-set.ts";
import { type FtmEntity, valuesOf } from "./entity.ts";
import { identifiersOf } from "./identifiers.ts";
import { namesOf } from "./names.ts";
import { isKnown, remarkProperties, schemaTypes, vesselProperties } from "./properties.ts";
import { referenceOf } from "./references.ts";

export interface EntityTallies {
  readonly unknown: Tally;
  readonly notKept: Tally;
}

/** Provisions that say that funds are frozen, in the words of the publishers OpenSanctions reads. */
const freezes = /freez|blocking|frozen|financial sanction/i;

/** The different values of a property over some entities, clean and not empty. */
function distinct(entities: readonly FtmEntity[], property: string): readonly string[] {
  const texts = entities.flatMap((entity) => valuesOf(entity, property).map(cleanText));
  return [...new Set(texts.filter((text) => text !== ""))];
}

function typeOf({ schema }: FtmEntity, unknown: Tally): DesignationType {
  const type = schemaTypes.get(schema);
  if (type === undefined) unknown.count(`listed schema ${schema.slice(0, 64)}`);
  return type ?? "OTHER";
}

function datesOf(texts: readonly string[], what: string, unknown: Tally): readonly string[] {
  const dates = texts.map(partialDate);
  for (const date of dates) if (date === null) unknown.count(what);
  return dates.filter((date) => date !== null).toSorted();
}

/**
 * A year beside a day of that year says nothing more: sources merged into one entity differ in precision. It is left
 * out, so that it does not look like a second birth date.
 */
function birthDatesOf(entity: FtmEntity, unknown: Tally): readonly ListedBirthDate[] {
  const dates = [...new Set(datesOf(distinct([entity], "birthDate"), "birth date", unknown))];
  const complete = dates.filter((date) => !dates.some((other) => other !== date && other.startsWith(`${date}-`)));
  return complete.map((date) => ({ date, until: null, approximate: false }));
}

function nationalitiesOf(entity: FtmEntity, type: DesignationType, unknown: Tally): readonly string[] {
  const properties =
    type === "PERSON" ? ["nationality", "citizenship"] : ["nationality", "citizenship", "jurisdiction"];
  const codes = properties.flatMap((property) => distinct([entity], property)).map((text) => countryOf(text, unknown));
  return [...new Set(codes)];
}

function vesselFactsOf(entity: FtmEntity, unknown: Tally): readonly ListedVesselFact[] {
  return [...vesselProperties].flatMap(([property, kind]) =>
    distinct([entity], property).map((text) => ({
      kind,
      value: kind === "FLAG" || kind === "FORMER_FLAG" ? countryOf(text, unknown) : text,
    })),
  );
}

function remarksOf(entity: FtmEntity, sanctions: readonly FtmEntity[]): readonly ListedRemark[] {
  return [
    ...[...remarkProperties].flatMap(([property, label]) =>
      distinct([entity], property).map((text) => ({ label, text })),
    ),
    ...distinct(sanctions, "authority").map((text) => ({ label: "Authority", text })),
    ...distinct(sanctions, "reason").map((text) => ({ label: "Reason", text })),
  ];
}

function countOthers(entities: readonly FtmEntity[], { unknown, notKept }: EntityTallies): void {
  for (const { schema, others } of entities)
    for (const property of others) {
      if (isKnown(schema, property)) notKept.count(`${schema} ${property}`.slice(0, 64));
      else unknown.count(`property ${property}`.slice(0, 64));
    }
}

/** Not present instead of empty. */
function unlessEmpty<Name extends string, T>(name: Name, items: readonly T[]): { readonly [K in Name]?: readonly T[] } {
  return (items.length === 0 ? {} : { [name]: items }) as { readonly [K in Name]?: readonly T[] };
}

/**
 * One listed thing with what is linked to it as a designation. Programmes of several authorities are joined by `; `.
 * Throws LIST_MALFORMED, with the line, for one without a name; the rest that is not understood is counted.
 */
export function openSanctionsDesignation(
  entity: FtmEntity,
  { sanctions, documents, addresses }: LinkedEntities,
  tallies: EntityTallies,
): Designation {
  const { unknown } = tallies;
  countOthers([entity, ...sanctions, ...documents, ...addresses], tallies);
  const type = typeOf(entity, unknown);
  const programmes = distinct(sanctions, "program");
  const codes = [...new Set([...distinct([entity], "programId"), ...distinct(sanctions, "programId")])].toSorted();
  const measures = distinct(sanctions, "provisions");
  const listed = [...distinct(sanctions, "startDate"), ...distinct(sanctions, "listingDate")];
  return {
    id: designationId("opensanctions", entity.id),
    list: "opensanctions",
    type,
    names: namesOf(entity, unknown),
    regime: (programmes.length > 0 ? programmes : codes).join("; "),
    regimeCode: codes.length > 0 ? codes.join("; ") : null,
    measures,
    birthDates: birthDatesOf(entity, unknown),
    nationalities: nationalitiesOf(entity, type, unknown),
    identifiers: identifiersOf(entity, { type, documents, unknown }),
    designatedOn: datesOf(listed, "date of a sanction", unknown).at(0) ?? null,
    updatedOn: entity.changedOn,
    references: [
      ...new Set([...entity.referents.map(referenceOf), ...distinct(sanctions, "unscId").map((key) => `un:${key}`)]),
    ],
    ...(measures.some((measure) => freezes.test(measure)) ? { assetFreeze: true } : {}),
    ...unlessEmpty("addresses", addressesOf(entity, addresses, unknown)),
    ...unlessEmpty("birthPlaces", distinct([entity], "birthPlace")),
    ...unlessEmpty("vesselFacts", type === "VESSEL" ? vesselFactsOf(entity, unknown) : []),
    ...unlessEmpty("remarks", remarksOf(entity, sanctions)),
  };
}
