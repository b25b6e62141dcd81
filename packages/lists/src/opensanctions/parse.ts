import { createJsonLines, jsonObject, type OnJsonLine } from "../format/json-lines.ts";
import { textPieces } from "../format/text-pieces.ts";
import { compileParseOptions, type ParseLimits, type ParseOptions } from "../parse-options.ts";
import { type ParsedList, parsedList } from "../parsed-list.ts";
import { createTally, type Tally } from "../tally.ts";
import { openSanctionsDesignation } from "./designation.ts";
import { createEntitySet, type EntitySet } from "./entity-set.ts";
import { entityId, readEntity, refuse } from "./entity.ts";

export interface OpenSanctionsFiles {
  /** `entities.ftm.json`, the whole data set. */
  readonly entities: AsyncIterable<Uint8Array>;
  /** `entities.delta.json` of each later version, the oldest first; see `readOpenSanctionsDeltas`. */
  readonly deltas: readonly AsyncIterable<Uint8Array>[];
}

/** Schemas neither listed nor linked: relations between things, and things that are not sanctioned. */
function countPassedOver(schema: string, notKept: Tally): void {
  notKept.count(`entity ${schema.slice(0, 64)}`);
}

function baseLine(entities: EntitySet, notKept: Tally): OnJsonLine {
  return (value, line) => {
    const entity = readEntity(value, line);
    if (entities.has(entity.id)) throw refuse("an id that occurs twice", line);
    if (!entities.put(entity)) countPassedOver(entity.schema, notKept);
  };
}

/** `ADD` and `MOD` bring the whole entity, so each replaces what there was; `DEL` takes it away. */
function deltaLine(entities: EntitySet, notKept: Tally): OnJsonLine {
  return (value, line) => {
    const change = jsonObject(value);
    const op = change?.["op"];
    if (op === "DEL") entities.remove(entityId(change?.["entity"], line));
    else if (op === "ADD" || op === "MOD") {
      const entity = readEntity(change?.["entity"], line);
      if (!entities.put(entity)) countPassedOver(entity.schema, notKept);
    } else throw refuse("a change whose op is none of ADD, MOD and DEL,", line);
  };
}

/** The lines read, blank ones left out. */
async function readLines(chunks: AsyncIterable<Uint8Array>, limits: ParseLimits, onLine: OnJsonLine): Promise<number> {
  let lines = 0;
  const reader = createJsonLines(limits, (value, line) => {
    lines += 1;
    onLine(value, line);
  });
  for await (const text of textPieces(chunks, limits.maxBytes)) reader.push(text);
  reader.end();
  return lines;
}

/**
 * Reads OpenSanctions' entities in FollowTheMoney's JSON, one a line
 * (https://www.opensanctions.org/docs/data/formats/), from bytes cut anywhere, then applies delta files to them.
 * Designations are the entities of the topic `sanction`; sanctions, passports, identifications, wallets and addresses
 * come from the entities linked to them, in whatever order the file has them. Memory is for those alone and bounded by
 * `maxHeldChars`; no entity of the file is held otherwise.
 *
 * Throws LIST_EMPTY for a file with no content; LIST_TOO_LARGE past a limit; LIST_MALFORMED, with the line, for a line
 * that is not an entity or a change, an id that occurs twice, a listed entity without a name. A file cut off between
 * two lines looks whole: the guards must see to that.
 */
export async function parseOpenSanctionsFiles(
  { entities: base, deltas }: OpenSanctionsFiles,
  options: ParseOptions = {},
): Promise<ParsedList> {
  const limits = compileParseOptions(options);
  const unknown = createTally();
  const notKept = createTally();
  const entities = createEntitySet(limits.maxHeldChars);
  const rows = await readLines(base, limits, baseLine(entities, notKept));
  for (const delta of deltas) await readLines(delta, limits, deltaLine(entities, notKept));
  const designations = [...entities.targets()].map(([entity, linked]) =>
    openSanctionsDesignation(entity, linked, { unknown, notKept }),
  );
  return parsedList({
    list: "opensanctions",
    designations,
    publishedAt: null,
    rows,
    unknown: unknown.counts(),
    notKept: notKept.counts(),
  });
}

/** The entities alone, see `parseOpenSanctionsFiles`. */
export async function parseOpenSanctions(
  chunks: AsyncIterable<Uint8Array>,
  options: ParseOptions = {},
): Promise<ParsedList> {
  return await parseOpenSanctionsFiles({ entities: chunks, deltas: [] }, options);
}
