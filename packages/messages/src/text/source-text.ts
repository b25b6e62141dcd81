import type { Piece } from "@cordon/schemas";

/** A text of a message: what it says, and where it stands. Offsets are UTF-16 units of the decoded message. */
export interface SourceText {
  readonly text: string;
  readonly path: string;
  readonly start: number;
  readonly end: number;
  /** Empty where the text is the message's own characters from `start` to `end`. */
  readonly pieces: readonly Piece[];
}

/** The message's own characters, without the blanks around them. */
export function plainSource(raw: string, path: string, start: number): SourceText {
  const text = raw.trim();
  const from = start + raw.indexOf(text);
  return { text, path, start: from, end: from + text.length, pieces: [] };
}

/** A part of a text, of which nothing is trimmed. */
export function partOf(source: SourceText, from: number, to = source.text.length): SourceText {
  const text = source.text.slice(from, to);
  if (source.pieces.length === 0)
    return { text, path: source.path, start: source.start + from, end: source.start + to, pieces: [] };
  const whole = piecesOf(source);
  const kept: Piece[] = [];
  whole.forEach((piece, i) => {
    const next = whole[i + 1]?.at ?? source.text.length;
    if (next <= from || piece.at >= to) return;
    const plain = next - piece.at >= piece.end - piece.start;
    const skip = plain ? Math.max(0, from - piece.at) : 0;
    const start = Math.min(piece.start + skip, piece.end);
    const end = plain ? Math.min(piece.end, piece.start + to - piece.at) : piece.end;
    kept.push({ at: Math.max(0, piece.at - from), sourcePath: piece.sourcePath, start, end });
  });
  const first = kept[0];
  if (first === undefined) return { ...source, text, end: source.start };
  return { text, path: first.sourcePath, start: first.start, end: kept.at(-1)?.end ?? first.end, pieces: kept };
}

/** Its runs, also where it is a single one. */
function piecesOf({ pieces, path, start, end }: SourceText): readonly Piece[] {
  return pieces.length > 0 ? pieces : [{ at: 0, sourcePath: path, start, end }];
}

/** Texts as one, with what stands between them. Throws nothing; of no texts an empty one. */
export function joinSources(texts: readonly SourceText[], joints: string | readonly string[]): SourceText {
  const [first] = texts;
  if (first === undefined) return { text: "", path: "", start: 0, end: 0, pieces: [] };
  if (texts.length === 1) return first;
  let text = "";
  const pieces: Piece[] = [];
  texts.forEach((one, i) => {
    if (i > 0) text += typeof joints === "string" ? joints : (joints[i - 1] ?? " ");
    for (const piece of piecesOf(one)) pieces.push({ ...piece, at: piece.at + text.length });
    text += one.text;
  });
  const end = texts.reduce((most, one) => Math.max(most, one.end), first.end);
  return { text, path: first.path, start: first.start, end, pieces };
}

/** A text within a text: where it stands in what that one was made from. */
export function within(outer: SourceText, inner: SourceText): SourceText {
  const pieces: Piece[] = [];
  for (const piece of piecesOf(inner))
    for (const part of piecesOf(partOf(outer, piece.start, piece.end)))
      pieces.push({ ...part, at: piece.at + part.at, sourcePath: piece.sourcePath });
  const first = pieces[0];
  if (first === undefined) return inner;
  const end = pieces.at(-1)!.end;
  const isPlain = pieces.length === 1 && end - first.start === inner.text.length;
  return { text: inner.text, path: inner.path, start: first.start, end, pieces: isPlain ? [] : pieces };
}
