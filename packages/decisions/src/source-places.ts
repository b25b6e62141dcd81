import type { MatchedField, Origin } from "@cordon/schemas";

type SourcePlace = Pick<MatchedField, "sourcePath" | "sourceStart" | "sourceEnd">;

/** Where a part of a text of the event stands in the message that the event was made from. */
export type Places = (path: string, start: number, end: number) => SourcePlace;

const UNKNOWN: SourcePlace = Object.freeze({ sourcePath: null, sourceStart: null, sourceEnd: null });

/** Looks origins up by the path of the text. All null where there is none. */
export function placesIn(origins: readonly Origin[]): Places {
  const known = new Map(origins.map((origin) => [origin.path, origin]));
  return (path, start, end) => {
    const origin = known.get(path);
    return origin === undefined ? UNKNOWN : placeIn(origin, start, end);
  };
}

/**
 * The run of the message that `start` to `end` of the text were made from: from the piece in which it begins to the one in which it
 * ends. A piece that is as long in the message, or shorter, is the message's own characters; one that is longer there (an entity) is
 * taken whole.
 */
export function placeIn(origin: Origin, start: number, end: number): SourcePlace {
  const pieces = origin.pieces.length > 0 ? origin.pieces : [{ at: 0, ...origin }];
  const indexAt = (at: number): number =>
    Math.max(
      0,
      pieces.findLastIndex((piece) => piece.at <= at),
    );
  const runOf = (index: number) => {
    const piece = pieces[index] ?? { at: 0, ...origin };
    const next = pieces[index + 1]?.at ?? Number.MAX_SAFE_INTEGER;
    return { ...piece, isPlain: next - piece.at >= piece.end - piece.start };
  };
  const first = runOf(indexAt(start));
  const last = runOf(indexAt(Math.max(start, end - 1)));
  return {
    sourcePath: first.sourcePath,
    sourceStart: first.isPlain ? Math.min(first.start + start - first.at, first.end) : first.start,
    sourceEnd: last.isPlain ? Math.min(last.start + end - last.at, last.end) : last.end,
  };
}
