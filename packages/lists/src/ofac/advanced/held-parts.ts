import { detached } from "../../format/clean-text.ts";
import { childrenOf, descendantsOf, fieldOf } from "../../format/xml-fields.ts";
import type { XmlElement } from "../../format/xml-records.ts";
import type { AddressParts } from "../../publisher/entry-details.ts";
import { dateOfParts } from "./date-period.ts";
import type { ReferenceValues } from "./reference-values.ts";

/** A document of an identity, as published. */
export interface AdvancedDocument {
  readonly type: string;
  readonly number: string;
  readonly country: string;
  readonly note: string;
}

const addressLines = new Set(["address1", "address2", "address3", "unknown", ""]);

/** A place by the types of its parts; its country in words. */
export function addressOfLocation(location: XmlElement, references: ReferenceValues): AddressParts {
  const parts = childrenOf(location, "LocationPart").map((part) => ({
    type: references.text("LocPartType", part.attributes["LocPartTypeID"]).toLowerCase(),
    text: detached(
      childrenOf(part, "LocationPartValue")
        .map((value) => fieldOf(value, "Value"))
        .filter((text) => text !== "")
        .join(", "),
    ),
  }));
  const of = (type: string): string => parts.find((part) => part.type === type)?.text ?? "";
  const known = new Set(["city", "state/province", "postal code"]);
  const country = childrenOf(location, "LocationCountry")[0]?.attributes["CountryID"];
  const area = childrenOf(location, "LocationAreaCode")[0]?.attributes["AreaCodeID"];
  return {
    lines: parts.filter(({ type }) => addressLines.has(type) || !known.has(type)).map(({ text }) => text),
    city: of("city"),
    region: of("state/province"),
    postalCode: of("postal code"),
    country: references.text("Country", country) || references.attribute("AreaCode", area, "Description"),
  };
}

/** A document with what is told about it in words. */
export function documentOf(record: XmlElement, references: ReferenceValues): AdvancedDocument {
  const { attributes } = record;
  const country = references.text("Country", attributes["IssuedBy-CountryID"]);
  const dates = childrenOf(record, "DocumentDate").map((date) => {
    const kind = references.text("IDRegDocDateType", date.attributes["IDRegDocDateTypeID"]).toLowerCase();
    const day = dateOfParts(descendantsOf(date, "DatePeriod", "Start", "From")[0]);
    return day === null ? "" : `${kind} ${day}`.trim();
  });
  const validity = references.text("Validity", attributes["ValidityID"]);
  const about = [
    country,
    fieldOf(record, "IssuingAuthority"),
    ...dates,
    /^valid$|^$/i.test(validity) ? "" : validity,
    fieldOf(record, "Comment"),
  ];
  return {
    type: references.text("IDRegDocType", attributes["IDRegDocTypeID"]),
    number: detached(fieldOf(record, "IDRegistrationNo")),
    country,
    note: about.filter((text) => text !== "").join(", "),
  };
}
