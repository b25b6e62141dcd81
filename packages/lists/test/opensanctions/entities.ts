export interface Entity {
  readonly id: string;
  readonly schema: string;
  readonly caption: string;
  readonly properties: Readonly<Record<string, readonly string[]>>;
  readonly [more: string]: unknown;
}

/** An entity of the publisher's layout, about nobody. */
export function entity(
  id: string,
  schema: string,
  properties: Entity["properties"],
  more: Readonly<Record<string, unknown>> = {},
): Entity {
  return {
    id,
    caption: properties["name"]?.[0] ?? schema,
    schema,
    properties,
    datasets: ["test_list"],
    referents: [],
    target: properties["topics"]?.includes("sanction") ?? false,
    first_seen: "2025-01-01T00:00:00",
    last_seen: "2026-02-01T00:00:00",
    last_change: "2026-01-31T08:00:00",
    ...more,
  };
}

export function listedPerson(id: string, properties: Entity["properties"] = {}): Entity {
  return entity(id, "Person", { name: ["Anna EXAMPLE"], topics: ["sanction"], ...properties });
}

export function linesOf(values: readonly unknown[]): string {
  return values.map((value) => `${JSON.stringify(value)}\n`).join("");
}
