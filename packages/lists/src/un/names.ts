import type { NameKind, NameStrength } from "@cordon/matching/listed";

/**
 * QUALITY of an alias, in lower case. For individuals it is a quality (`Good`, `Low`), for entities a kind (`a.k.a.`,
 * `f.k.a.`), for both often empty.
 */
export const unAliasQualities: ReadonlyMap<string, { readonly kind: NameKind; readonly strength: NameStrength }> =
  new Map<string, { readonly kind: NameKind; readonly strength: NameStrength }>([
    ["good", { kind: "ALIAS", strength: "STRONG" }],
    ["low", { kind: "ALIAS", strength: "WEAK" }],
    ["", { kind: "ALIAS", strength: "UNKNOWN" }],
    ["a.k.a.", { kind: "ALIAS", strength: "UNKNOWN" }],
    ["f.k.a.", { kind: "FORMER", strength: "UNKNOWN" }],
  ]);
