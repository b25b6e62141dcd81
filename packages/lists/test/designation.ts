import { type Designation, designationId } from "@cordon/matching";

/** An invented designation, with whatever a test wants otherwise. */
export function designation(key: string, parts: Partial<Designation> = {}): Designation {
  return {
    id: designationId("uk", key),
    list: "uk",
    type: "PERSON",
    names: [{ text: "Anna EXAMPLE", kind: "PRIMARY", strength: "UNKNOWN" }],
    regime: "Test",
    regimeCode: "TST",
    measures: ["Asset freeze", "Travel Ban"],
    birthDates: [{ date: "1980", until: null, approximate: false }],
    nationalities: ["IQ"],
    identifiers: [{ kind: "PASSPORT", value: "P1", note: "issued in Town" }],
    designatedOn: "2025-01-01",
    updatedOn: "2025-01-01",
    references: [],
    ...parts,
  };
}
