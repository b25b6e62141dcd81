import { cleanText, detached } from "../../format/clean-text.ts";
import type { XmlElement } from "../../format/xml-records.ts";

export interface ReferenceValue {
  readonly text: string;
  readonly attributes: Readonly<Record<string, string>>;
}

/** The file's own tables, by which all else names its types: `<FeatureType ID="8">Birthdate</FeatureType>`. */
export interface ReferenceValues {
  /** Takes one table. */
  readonly add: (table: XmlElement) => void;
  /** The text of a value, "" for one that the file does not have. */
  readonly text: (element: string, id: string | undefined) => string;
  readonly attribute: (element: string, id: string | undefined, name: string) => string;
}

export function createReferenceValues(): ReferenceValues {
  const values = new Map<string, ReferenceValue>();
  const find = (element: string, id: string | undefined): ReferenceValue | undefined =>
    values.get(`${element} ${id ?? ""}`);
  return {
    add: (table) => {
      for (const { name, attributes, text } of table.children)
        values.set(`${name} ${attributes["ID"] ?? ""}`, { text: detached(cleanText(text)), attributes });
    },
    text: (element, id) => find(element, id)?.text ?? "",
    attribute: (element, id, name) => find(element, id)?.attributes[name] ?? "",
  };
}
