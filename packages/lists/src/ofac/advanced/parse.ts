import { CordonError } from "@cordon/errors";
import type { Designation } from "@cordon/matching/listed";

import { detached } from "../../format/clean-text.ts";
import { countUnknownElements } from "../../format/known-elements.ts";
import { type ListTallies, readXmlList, refusalOf } from "../../format/read-xml-list.ts";
import { childrenOf, descendantsOf, fieldOf } from "../../format/xml-fields.ts";
import type { XmlElement, XmlStart } from "../../format/xml-records.ts";
import type { ParseOptions } from "../../parse-options.ts";
import type { ParsedList } from "../../parsed-list.ts";
import { isoDate } from "../../publisher/dates.ts";
import type { AddressParts } from "../../publisher/entry-details.ts";
import type { Tally } from "../../tally.ts";
import { type OfacListName, regimeOf } from "../entry.ts";
import { dateOfParts } from "./date-period.ts";
import { advancedElements } from "./elements.ts";
import { addressOfLocation, type AdvancedDocument, documentOf } from "./held-parts.ts";
import { advancedParty, type PartyReading } from "./party.ts";
import { createReferenceValues } from "./reference-values.ts";

/** The parts of the file, in the order in which they must stand: each one names what came before it. */
const groupOrder = [
  "DateOfIssue",
  "ReferenceValueSets",
  "Locations",
  "IDRegDocuments",
  "DistinctParties",
  "ProfileRelationships",
  "SanctionsEntries",
  "SanctionsEntryLinks",
] as const;

const needed = ["ReferenceValueSets", "DistinctParties", "SanctionsEntries"] as const;

/** What the entries further down say of a profile. */
interface Sanctions {
  readonly programmes: string[];
  readonly measures: string[];
  readonly dates: string[];
}

const refuse = refusalOf("OFAC list (ADVANCED)");

function createReading(
  list: OfacListName,
  tallies: ListTallies,
): PartyReading & { readonly locations: Map<string, AddressParts> } {
  return {
    list,
    references: createReferenceValues(),
    locations: new Map<string, AddressParts>(),
    documents: new Map<string, AdvancedDocument[]>(),
    ...tallies,
  };
}

/** Refuses a root, a namespace or a part that is not this file's, and parts out of their order. */
function createStartCheck(): { readonly check: (start: XmlStart, depth: number) => void; readonly end: () => void } {
  const met = new Set<string>();
  let latest = -1;
  return {
    check: ({ name, attributes, line }, depth) => {
      if (depth === 1) {
        if (name !== "Sanctions") throw refuse("a root element other than Sanctions", line);
        const namespace = attributes["xmlns"];
        if (namespace !== undefined && !/ADVANCED_XML$/i.test(namespace))
          throw refuse("a namespace this parser does not know", line);
        return;
      }
      const at = groupOrder.indexOf(name as (typeof groupOrder)[number]);
      if (at < 0) throw refuse("a part that is not known", line);
      if (at <= latest) throw refuse("a part out of order", line);
      latest = at;
      met.add(name);
    },
    end: () => {
      const missing = needed.find((name) => !met.has(name));
      if (missing !== undefined)
        throw new CordonError("LIST_MALFORMED", `OFAC list (ADVANCED): the part ${missing} is missing`, {
          details: { element: missing },
        });
    },
  };
}

/**
 * Reads SDN_ADVANCED.XML or CONS_ADVANCED.XML from bytes cut anywhere, one record at a time. Places and documents come
 * before the parties that name them and are held, documents until their party is read; programmes and dates come
 * after. Types are told by the file's own tables, by text. Names are read in every script.
 *
 * Throws LIST_EMPTY for a file with no content or no parties; LIST_TOO_LARGE past a limit; LIST_MALFORMED, with the
 * line, for what is not this list or not complete: a DOCTYPE, another root or namespace, a part that is unknown,
 * missing or out of order, an unknown type of party or alias, a new element about names, a FixedRef that is missing
 * or occurs twice, a party without a name, an entry of a party that the file does not have.
 */
export function parseOfacAdvanced(
  list: OfacListName,
  chunks: AsyncIterable<Uint8Array>,
  options: ParseOptions = {},
): Promise<ParsedList> {
  return readXmlList(chunks, options, (tallies) => {
    const reading = createReading(list, tallies);
    const { references, unknown, notKept, locations, documents } = reading;
    const keyByProfile = new Map<string, string>();
    const sanctions = new Map<string, Sanctions>();
    const starts = createStartCheck();
    const issued: string[] = [];
    const readers: Readonly<Record<string, (record: XmlElement) => void>> = {
      DateOfIssue: ({ text }) => issued.push(text.trim()),
      ReferenceValueSets: references.add,
      Locations: (record) => locations.set(record.attributes["ID"] ?? "", addressOfLocation(record, references)),
      IDRegDocuments: (record) => {
        const identity = record.attributes["IdentityID"] ?? "";
        documents.set(identity, [...(documents.get(identity) ?? []), documentOf(record, references)]);
      },
      ProfileRelationships: ({ attributes }) => {
        const type = references.text("RelationType", attributes["RelationTypeID"]);
        notKept.count(`relation ${type.slice(0, 64)}`);
      },
      SanctionsEntries: (record) => {
        const key = keyByProfile.get(record.attributes["ProfileID"] ?? "");
        if (key === undefined) throw refuse("an entry of a party that the file does not have", record.line);
        addSanctions(record, sanctionsOf(sanctions, key), reading);
      },
    };

    return {
      list,
      refuse,
      recordDepth: 3,
      key: "a FixedRef",
      onStart: starts.check,
      designationOf: (record, group) => {
        if (Object.hasOwn(advancedElements, record.name))
          countUnknownElements(record, { list: "OFAC", known: advancedElements, unknown });
        if (group !== "DistinctParties") {
          readers[group]?.(record);
          return null;
        }
        const { designation, profiles } = advancedParty(record, reading);
        for (const profile of profiles) keyByProfile.set(profile, designation.id);
        return designation;
      },
      publishedAt: () => isoDate(issued[0] ?? "", issued[1], issued[2]),
      publishedIn: "DateOfIssue",
      onEnd: (entries) => {
        starts.end();
        if (entries === 0) throw new CordonError("LIST_EMPTY", "OFAC list (ADVANCED): the file has no parties");
        for (const left of documents.values()) unknown.count("document of no party", left.length);
      },
      finished: (designation) => withSanctions(designation, sanctionsOf(sanctions, designation.id), unknown),
    };
  });
}

function sanctionsOf(byKey: Map<string, Sanctions>, key: string): Sanctions {
  const known = byKey.get(key) ?? { programmes: [], measures: [], dates: [] };
  byKey.set(key, known);
  return known;
}

/** A measure of the type `Program` has the programme's code as its comment. */
function addSanctions(record: XmlElement, to: Sanctions, { references, unknown }: PartyReading): void {
  for (const measure of childrenOf(record, "SanctionsMeasure")) {
    const type = references.text("SanctionsType", measure.attributes["SanctionsTypeID"]);
    const comment = detached(fieldOf(measure, "Comment"));
    if (type === "") unknown.count("measure of no known type");
    if (type.toLowerCase() !== "program") to.measures.push(type || comment);
    else if (comment !== "") to.programmes.push(comment);
  }
  for (const date of descendantsOf(record, "EntryEvent", "Date")) {
    const day = dateOfParts(date);
    if (day === null) unknown.count("date of an entry");
    else to.dates.push(day);
  }
}

function withSanctions(designation: Designation, sanctions: Sanctions, unknown: Tally): Designation {
  return {
    ...designation,
    ...regimeOf(sanctions.programmes, unknown),
    measures: [...new Set(sanctions.measures.filter((measure) => measure !== ""))],
    designatedOn: sanctions.dates.toSorted()[0] ?? null,
  };
}
