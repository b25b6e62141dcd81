import { createJsonLines, jsonObject, type OnJsonLine } from "../format/json-lines.ts";
import { textPieces } from "../format/text-pieces.ts";
import type { ChangingList } from "../list-source.ts";
import { compileParseOptions, type ParseLimits, type ParseOptions } from "../parse-options.ts";
import { type ParsedList, parsedList } from "../parsed-list.ts";
import { createTally } from "../tally.ts";
import { openSanctionsDesignation } from "./designation.ts";
import { createEntitySet, type EntitySet } from "./entity-set.ts";
import { entityId, readEntity, refuse } from "./entity.ts";

export interface OpenSanctionsFiles {
  /** `entities.ftm.json`, the whole data set. */
  readonly entities: AsyncIterable<Uint8Array>;
  /** `entities.delta.json` of each later version, the oldest first; see `readOpenSanctionsDeltas`. */
  readonly deltas: readonly AsyncIterable<Uint8Array>[];
}

function baseLine(entities: EntitySet): OnJsonLine {
  return (value, line) => {
    const entity = readEntity(value, line);
    if (entities.has(entity.id)) throw refuse("an id that occurs twice", line);
    entities.put(entity);
  };
}

/**
 * `ADD` and `MOD` bring the whole entity, so each replaces what there was; `DEL` takes it away. One that does not fit
 * what there was is a sign that a delta is missing or came twice.
 */
function deltaLine(entities: EntitySet): OnJsonLine {
  return (value, line) => {
    const change = jsonObject(value);
    const op = change?.["op"];
    if (op !== "ADD" && op !== "MOD" && op !== "DEL")
      throw refuse("a change whose op is none of ADD, MOD and DEL,", line);
    const id = entityId(change?.["entity"], line);
    if (entities.has(id) === (op === "ADD"))
      throw refuse(op === "ADD" ? "an addition of what is there" : "a change of what is not there", line);
    if (op === "DEL") entities.remove(id);
    else entities.put(readEntity(change?.["entity"], line));
  };
}

/** Gives each line to `onLine`, blank ones left out. */
async function readLines(chunks: AsyncIterable<Uint8Array>, limits: ParseLimits, onLine: OnJsonLine): Promise<void> {
  const reader = createJsonLines(limits, onLine);
  for await (const text of textPieces(chunks, limits.maxBytes)) reader.push(text);
  reader.end();
}

/** What the entities come to. Throws LIST_MALFORMED for a listed entity without a name. */
function listOf(entities: EntitySet): ParsedList {
  const unknown = createTally();
  const notKept = createTally();
  const designations = [...entities.targets()].map(([entity, linked]) =>
    openSanctionsDesignation(entity, linked, { unknown, notKept }),
  );
  // Relations between things, and things that are not sanctioned.
  for (const schema of entities.passedOver()) notKept.count(`entity ${schema.slice(0, 64)}`);
  return parsedList({
    list: "opensanctions",
    designations,
    publishedAt: null,
    rows: entities.size(),
    unknown: unknown.counts(),
    notKept: notKept.counts(),
  });
}

/**
 * Reads OpenSanctions' entities in FollowTheMoney's JSON, one a line
 * (https://www.opensanctions.org/docs/data/formats/), from bytes cut anywhere, and holds them so that delta files can be
 * applied. Designations are the entities of the topic `sanction`; sanctions, passports, identifications, wallets and
 * addresses come from the entities linked to them, in whatever order the file has them. Memory is for those, and for the
 * ids of all others, and bounded by `maxHeldChars`. The list after some deltas equals that of the whole file of their
 * version.
 *
 * Throws LIST_EMPTY for a file with no content; LIST_TOO_LARGE past a limit; LIST_MALFORMED, with the line, for a line
 * that is not an entity or a change, an id that occurs twice, a change that does not fit, a listed entity without a name.
 * A file cut off between two lines looks whole: the guards must see to that.
 */
export async function readOpenSanctions(
  chunks: AsyncIterable<Uint8Array>,
  options: ParseOptions = {},
): Promise<ChangingList> {
  const limits = compileParseOptions(options);
  const entities = createEntitySet(limits.maxHeldChars);
  await readLines(chunks, limits, baseLine(entities));
  return {
    apply: (delta) => readLines(delta, limits, deltaLine(entities)),
    parsed: () => listOf(entities),
  };
}

/** The whole data set with delta files applied to it, see `readOpenSanctions`. */
export async function parseOpenSanctionsFiles(
  { entities, deltas }: OpenSanctionsFiles,
  options: ParseOptions = {},
): Promise<ParsedList> {
  const list = await readOpenSanctions(entities, options);
  for (const delta of deltas) await list.apply(delta);
  return list.parsed();
}

/** The entities alone, see `readOpenSanctions`. */
export async function parseOpenSanctions(
  chunks: AsyncIterable<Uint8Array>,
  options: ParseOptions = {},
): Promise<ParsedList> {
  return await parseOpenSanctionsFiles({ entities: chunks, deltas: [] }, options);
}
