/** The header of a list of places or words, see docs/specs/places.md; a test holds the two to each other. */
export const placeColumns = {
  id: { required: true, many: false },
  kind: { required: true, many: false },
  name: { required: true, many: false },
  spellings: { required: false, many: true },
  codes: { required: false, many: true },
  elsewhere: { required: false, many: true },
  rule: { required: false, many: false },
  rule_in_text: { required: false, many: false },
  rule_of_origin: { required: false, many: false },
  regime: { required: false, many: false },
  remarks: { required: false, many: true },
} as const satisfies Readonly<Record<string, { readonly required: boolean; readonly many: boolean }>>;

export type PlaceColumn = keyof typeof placeColumns;

export const placeColumnNames = Object.keys(placeColumns) as readonly PlaceColumn[];

export const isPlaceColumn = (name: string): name is PlaceColumn => Object.hasOwn(placeColumns, name);
