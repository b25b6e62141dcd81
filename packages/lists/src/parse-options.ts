import { CordonError } from "@cordon/errors";

/** What a parser refuses to exceed, so that no file can exhaust memory. Exceeding one is LIST_TOO_LARGE. */
export interface ParseLimits {
  /** Bytes of the whole file. */
  readonly maxBytes: number;
  /** CSV rows, XML records, or lines of JSON. */
  readonly maxRows: number;
  /** UTF-16 code units of one CSV cell, or of one XML token. */
  readonly maxFieldChars: number;
  /** UTF-16 code units of one CSV row, of the texts of one XML record, or of one line of JSON. */
  readonly maxRowChars: number;
  /** Cells of one CSV row, or attributes of one XML element. */
  readonly maxColumns: number;
  /** Nesting of XML elements, where the root is 1, or of JSON arrays and objects. */
  readonly maxDepth: number;
  /** Elements in one XML record. */
  readonly maxElements: number;
  /** UTF-16 code units held at once of entities that are joined by reference (OpenSanctions). */
  readonly maxHeldChars: number;
}

export type ParseOptions = Partial<ParseLimits>;

const defaults: ParseLimits = {
  maxBytes: 512 * 1024 * 1024,
  maxRows: 2_000_000,
  maxFieldChars: 256 * 1024,
  maxRowChars: 1024 * 1024,
  maxColumns: 256,
  maxDepth: 16,
  maxElements: 20_000,
  maxHeldChars: 256 * 1024 * 1024,
};

/** Completes and freezes the limits. Throws OPTIONS_INVALID for one that is not a positive whole number. */
export function compileParseOptions(options: ParseOptions = {}): ParseLimits {
  const limits = { ...defaults, ...options };
  for (const [name, value] of Object.entries(limits))
    if (!(Number.isSafeInteger(value) && value > 0))
      throw new CordonError("OPTIONS_INVALID", `${name} must be a positive whole number`, { details: { name } });
  return Object.freeze(limits);
}
