import type { Designation } from "../designation.ts";
import { inIdOrder } from "../engine/order.ts";
import { linkKeys } from "./identifier-index.ts";
import type { IdentifierMatch } from "./identifier-match.ts";
import { keysOfListed } from "./listed-keys.ts";

/** The oracle: what `ScreeningIndex.findIdentifier` returns is defined as what this returns. Kept for ever. */
export function scanIdentifiers(
  designations: Iterable<Designation>,
  keys: readonly string[],
): readonly IdentifierMatch[] {
  return inIdOrder(designations).flatMap((designation) => {
    const identifier = designation.identifiers.find((one) => keysOfListed(one).some((key) => keys.includes(key)));
    return identifier === undefined ? [] : [{ designation, identifier }];
  });
}

/** What `ScreeningIndex.linkedTo` is defined as: entries that share an id or a reference with this one. */
export function scanLinked(designations: Iterable<Designation>, to: Designation): readonly Designation[] {
  const keys = linkKeys(to);
  return inIdOrder(designations).filter((one) => one.id !== to.id && linkKeys(one).some((key) => keys.includes(key)));
}
