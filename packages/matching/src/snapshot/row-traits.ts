import {
  type DesignationType,
  designationTypes,
  type NameKind,
  nameKinds,
  type NameStrength,
  nameStrengths,
} from "../designation.ts";

/** What a row is beside its tokens, packed into one integer: type 3 bits, kind 2, strength 2, variant the rest. */
export interface RowTraits {
  readonly type: DesignationType;
  readonly kind: NameKind;
  readonly strength: NameStrength;
  /** Which reading of the name the row is. */
  readonly variant: number;
}

export function packTraits({ type, kind, strength, variant }: RowTraits): number {
  return (
    designationTypes.indexOf(type) |
    (nameKinds.indexOf(kind) << 3) |
    (nameStrengths.indexOf(strength) << 5) |
    (variant << 7)
  );
}

export function unpackTraits(packed: number): RowTraits {
  return {
    type: designationTypes[packed & 7]!,
    kind: nameKinds[(packed >>> 3) & 3]!,
    strength: nameStrengths[(packed >>> 5) & 3]!,
    variant: packed >>> 7,
  };
}

/** The bit of the row's type in a type mask. */
export function typeBitOf(packed: number): number {
  return 1 << (packed & 7);
}
