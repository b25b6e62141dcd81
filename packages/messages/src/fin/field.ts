import { plainSource, type SourceText } from "../text/source-text.ts";

/** A line of a field, without its line end. */
export interface FinLine {
  readonly raw: string;
  readonly start: number;
}

/** A field of block 4, in its sequence. */
export interface FinField {
  /** `50K`; empty for a text in front of the first field. */
  readonly tag: string;
  /** `50` of `50K`. */
  readonly number: string;
  /** `K` of `50K`, or empty. */
  readonly option: string;
  /** `B[3].50K#1`, as `contract` paths begin. */
  readonly path: string;
  readonly start: number;
  readonly lines: readonly FinLine[];
}

/** A field that is not yet in a sequence. */
export type LooseField = Omit<FinField, "path">;

const TAG = /^:(\d\d)([A-Z]?):/;

/** A field begins where a line begins with a tag; what else stands there goes on with the field before it. */
export function fieldsOf(lines: readonly FinLine[]): readonly LooseField[] {
  const fields: (LooseField & { readonly lines: FinLine[] })[] = [];
  for (const line of lines) {
    const tag = TAG.exec(line.raw);
    if (tag === null) {
      const last = fields.at(-1);
      if (last !== undefined) last.lines.push(line);
      else if (line.raw.trim() !== "")
        fields.push({ tag: "", number: "", option: "", start: line.start, lines: [line] });
      continue;
    }
    const [whole, number = "", option = ""] = tag;
    const value = { raw: line.raw.slice(whole.length), start: line.start + whole.length };
    fields.push({ tag: number + option, number, option, start: line.start, lines: [value] });
  }
  return fields;
}

/** Fields of one sequence, each with its path: `23E#1` is the second of its tag. */
export function inSequence(fields: readonly LooseField[], sequence: string): readonly FinField[] {
  const met = new Map<string, number>();
  return fields.map((field) => {
    const index = met.get(field.tag) ?? 0;
    met.set(field.tag, index + 1);
    return { ...field, path: `${sequence}${field.tag}${index > 0 ? `#${String(index)}` : ""}` };
  });
}

/** A line without the blanks around it, or what is behind its first characters. */
export function lineText({ path, lines }: FinField, index: number, from = 0): SourceText {
  const { raw, start } = lines[index]!;
  return plainSource(raw.slice(from), `${path}[${String(index)}]`, start + from);
}

/** Lines that say something, by their index. */
export function filledLines({ lines }: FinField): readonly number[] {
  return lines.flatMap(({ raw }, i) => (raw.trim() === "" ? [] : [i]));
}

/** What a field says in its lines, without blanks around them. */
export function valueOf({ lines }: LooseField): string {
  return lines
    .map(({ raw }) => raw.trim())
    .join("\n")
    .trim();
}
