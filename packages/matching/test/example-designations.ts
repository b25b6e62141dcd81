import {
  type Designation,
  designationId,
  type DesignationType,
  type ListedName,
  newDesignation,
} from "../src/designation.ts";

/** A designation with nothing but what matching looks at. */
export function designation(
  key: string,
  names: readonly (string | ListedName)[],
  type: DesignationType = "PERSON",
): Designation {
  return newDesignation({
    id: designationId("test", key),
    list: "test",
    type,
    names: names.map((name, at) =>
      typeof name === "string" ? { text: name, kind: at === 0 ? "PRIMARY" : "ALIAS", strength: "UNKNOWN" } : name,
    ),
    regime: "Test regime",
  });
}

export function weak(text: string): ListedName {
  return { text, kind: "ALIAS", strength: "WEAK" };
}
