import { CordonError } from "@cordon/errors";

import { type FtmEntity, isLink, isTarget, valuesOf } from "./entity.ts";
import { linkHolders } from "./properties.ts";

/** What belongs to one listed thing. */
export interface LinkedEntities {
  readonly sanctions: readonly FtmEntity[];
  /** Passports, identifications and wallets. */
  readonly documents: readonly FtmEntity[];
  readonly addresses: readonly FtmEntity[];
}

/** The entities of one state of the data set that matter for screening: the listed things and what is linked to them. */
export interface EntitySet {
  readonly has: (id: string) => boolean;
  /** Adds the entity or replaces the one of its id. False when it is neither listed nor linked, and so not held. */
  readonly put: (entity: FtmEntity) => boolean;
  readonly remove: (id: string) => void;
  /** Every listed thing with what is linked to it, in the order they came. */
  readonly targets: () => Iterable<readonly [FtmEntity, LinkedEntities]>;
}

/** Throws LIST_TOO_LARGE, from `put`, once the texts held are more than `maxHeldChars` UTF-16 code units. */
export function createEntitySet(maxHeldChars: number): EntitySet {
  const entities = new Map<string, FtmEntity>();
  let held = 0;

  const remove = (id: string): void => {
    held -= entities.get(id)?.chars ?? 0;
    entities.delete(id);
  };

  return {
    has: (id) => entities.has(id),
    put: (entity) => {
      held -= entities.get(entity.id)?.chars ?? 0;
      // In place, so that a replaced entity keeps its position.
      if (!isTarget(entity) && !isLink(entity)) {
        entities.delete(entity.id);
        return false;
      }
      entities.set(entity.id, entity);
      held += entity.chars;
      if (held > maxHeldChars)
        throw new CordonError("LIST_TOO_LARGE", "OpenSanctions: more listed and linked entities than maxHeldChars", {
          details: { line: entity.line, limit: "maxHeldChars", max: maxHeldChars },
        });
      return true;
    },
    remove,
    targets: () => join(entities),
  };
}

/** Names one entity by the id it has now: its own, or that of the listed thing it was merged into. */
function resolver(entities: ReadonlyMap<string, FtmEntity>): (id: string) => string {
  const merged = new Map<string, string>();
  for (const entity of entities.values()) for (const referent of entity.referents) merged.set(referent, entity.id);
  return (id) => (entities.has(id) ? id : (merged.get(id) ?? id));
}

function* join(entities: ReadonlyMap<string, FtmEntity>): Generator<readonly [FtmEntity, LinkedEntities]> {
  const resolve = resolver(entities);
  const linksByHolder = new Map<string, FtmEntity[]>();
  for (const entity of entities.values()) {
    const holder = linkHolders.get(entity.schema);
    if (typeof holder !== "string") continue;
    for (const id of new Set(valuesOf(entity, holder).map(resolve))) {
      const links = linksByHolder.get(id) ?? [];
      links.push(entity);
      linksByHolder.set(id, links);
    }
  }
  for (const entity of entities.values()) {
    if (!isTarget(entity)) continue;
    const links = linksByHolder.get(entity.id) ?? [];
    const addresses = valuesOf(entity, "addressEntity").map((id) => entities.get(resolve(id)));
    yield [
      entity,
      {
        sanctions: links.filter(({ schema }) => schema === "Sanction"),
        documents: links.filter(({ schema }) => schema !== "Sanction"),
        addresses: addresses
          .filter((address) => address?.schema === "Address")
          .filter((address) => address !== undefined),
      },
    ];
  }
}
