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
  /** How many entities the data set has, those not held among them. */
  readonly size: () => number;
  readonly has: (id: string) => boolean;
  /** Adds the entity or replaces the one of its id. What is neither listed nor linked is not held but for its id. */
  readonly put: (entity: FtmEntity) => void;
  readonly remove: (id: string) => void;
  /** Every listed thing with what is linked to it, by id: whatever order they came in, one state is read in one way. */
  readonly targets: () => Iterable<readonly [FtmEntity, LinkedEntities]>;
  /** The schema of each entity that is not held. */
  readonly passedOver: () => Iterable<string>;
}

/** Throws LIST_TOO_LARGE, from `put`, once the texts held are more than `maxHeldChars` UTF-16 code units. */
export function createEntitySet(maxHeldChars: number): EntitySet {
  const entities = new Map<string, FtmEntity>();
  /** Schemas by id: a change that does not fit the state shows by its id. */
  const passedOver = new Map<string, string>();
  const schemas = new Map<string, string>();
  let held = 0;

  const remove = (id: string): void => {
    held -= entities.get(id)?.chars ?? 0;
    entities.delete(id);
    if (passedOver.delete(id)) held -= id.length;
  };

  /** One text for a schema, instead of a slice of every line. */
  const sharedSchema = (schema: string): string => {
    const known = schemas.get(schema) ?? schema;
    schemas.set(known, known);
    return known;
  };

  return {
    size: () => entities.size + passedOver.size,
    has: (id) => entities.has(id) || passedOver.has(id),
    put: (entity) => {
      remove(entity.id);
      if (isTarget(entity) || isLink(entity)) {
        entities.set(entity.id, entity);
        held += entity.chars;
      } else {
        passedOver.set(entity.id, sharedSchema(entity.schema));
        held += entity.id.length;
      }
      if (held > maxHeldChars)
        throw new CordonError("LIST_TOO_LARGE", "OpenSanctions: more listed and linked entities than maxHeldChars", {
          details: { line: entity.line, limit: "maxHeldChars", max: maxHeldChars },
        });
    },
    remove,
    targets: () => join([...entities.values()].toSorted(byId)),
    passedOver: () => passedOver.values(),
  };
}

function byId(a: FtmEntity, b: FtmEntity): number {
  return a.id < b.id ? -1 : 1;
}

/** Names one entity by the id it has now: its own, or that of the listed thing it was merged into. */
function resolver(entities: ReadonlyMap<string, FtmEntity>): (id: string) => string {
  const merged = new Map<string, string>();
  for (const entity of entities.values()) for (const referent of entity.referents) merged.set(referent, entity.id);
  return (id) => (entities.has(id) ? id : (merged.get(id) ?? id));
}

function* join(sorted: readonly FtmEntity[]): Generator<readonly [FtmEntity, LinkedEntities]> {
  const entities = new Map(sorted.map((entity) => [entity.id, entity]));
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
