import type { DesignationType } from "@cordon/matching/listed";

/** What a publisher's complete list never lacked. An excerpt of it may, so these are for the whole list only. */
export interface ListGuards {
  /** Fewest designations by type: well below what there were, well above what a damaged file leaves. */
  readonly floors: Readonly<Partial<Record<DesignationType, number>>>;
  /** Names that must be found, of parties that nobody expects to be delisted. Compared without case and spacing. */
  readonly canaries: readonly string[];
}
