import { cleanText } from "../format/clean-text.ts";
import type { TextReader } from "../format/first-character.ts";
import { hasContent } from "../format/xml-fields.ts";
import { createXmlRecordsReader, type XmlElement } from "../format/xml-records.ts";
import type { ParseLimits } from "../parse-options.ts";
import type { OfsiHandlers } from "./csv.ts";
import { refuseOfsi } from "./entry.ts";
import { type OfsiField, ofsiFieldNames, ofsiFields } from "./fields.ts";

const rootName = "ArrayOfFinancialSanctionsTarget";
const recordName = "FinancialSanctionsTarget";

/** Case varies within the file: `Name6`, `name1`. */
const fieldByElement: ReadonlyMap<string, OfsiField> = new Map(
  ofsiFieldNames.map((field) => [ofsiFields[field].element.toLowerCase(), field]),
);

/** Elements that are known and say nothing that is not in another one. */
const notRead = new Set([
  "fullname",
  "nametitle",
  "nonlatinscripttype",
  "nonlatinscriptlanguage",
  "aliastypename",
  "id",
]);

/**
 * Adds one element of a target to its fields. Throws LIST_MALFORMED for one that stands twice or is marked up, and for a
 * new one that speaks of names: it could hold one that nobody would then be screened against.
 */
function addField(
  fields: Map<OfsiField, string>,
  { name, text, children, line }: XmlElement,
  handlers: OfsiHandlers,
): void {
  const field = fieldByElement.get(name.toLowerCase());
  if (field !== undefined && fields.has(field)) throw refuseOfsi("an element that stands twice", line);
  if (field !== undefined && children.some(hasContent)) throw refuseOfsi("an element where text should be", line);
  if (field !== undefined) fields.set(field, text);
  else if (notRead.has(name.toLowerCase())) {
    if (cleanText(text) !== "") handlers.notKept.count(name.slice(0, 64));
  } else if (/name|alias/i.test(name)) throw refuseOfsi("a new element about names", line);
  else if (children.length > 0 || cleanText(text) !== "") handlers.unknown.count(`element ${name.slice(0, 64)}`);
}

/** Elements of one target, at most: the reader counts them, not the targets. */
const elementsOfTarget = 64;

/** Reads the XML: one `FinancialSanctionsTarget` for each name of a target. It does not say when it was published. */
export function ofsiXmlReader(limits: ParseLimits, handlers: OfsiHandlers): TextReader {
  let target: { readonly fields: Map<OfsiField, string>; readonly line: number } | null = null;
  const endTarget = (): void => {
    if (target === null) return;
    const { fields, line } = target;
    target = null;
    handlers.onRecord({ field: (name) => fields.get(name) ?? "", line });
  };

  // To the reader of XML records a target is a group, and its elements are the records.
  const reader = createXmlRecordsReader(
    { ...limits, maxRows: limits.maxRows * elementsOfTarget },
    {
      onStart: ({ name, line }, depth) => {
        if (depth === 1 && name !== rootName) throw refuseOfsi(`a root element other than ${rootName}`, line);
        if (depth === 1) return;
        if (name !== recordName) throw refuseOfsi(`an element other than ${recordName}`, line);
        endTarget();
        target = { fields: new Map(), line };
      },
      onRecord: (element) => {
        if (target !== null) addField(target.fields, element, handlers);
      },
    },
  );
  return {
    push: reader.push,
    end: () => {
      reader.end();
      endTarget();
    },
  };
}
