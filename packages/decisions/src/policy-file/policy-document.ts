import { type Document, isMap, isScalar, LineCounter, type Node, type Pair, parseDocument } from "yaml";

/** Something wrong in a policy file, and where. Lines and columns count from one. */
export interface PolicyFault {
  readonly line: number;
  readonly column: number;
  /** Of the value, such as `rules[2].apply.threshold`; empty for the whole file. */
  readonly path: string;
  readonly message: string;
}

export type Path = readonly (string | number)[];

/** A policy file as YAML, and where its parts stand. */
export interface PolicyDocument {
  /** As plain data. */
  readonly data: unknown;
  /** A fault of the value at that path, or of what stands nearest to it. */
  fault(path: Path, message: string): PolicyFault;
  /** A fault of the key itself. */
  faultOfKey(path: Path, message: string): PolicyFault;
  /** A scalar as it is written; null where there is none. */
  written(path: Path): string | null;
}

/** Characters: hundreds of rules are less. */
const LONGEST_FILE = 1024 * 1024;

/** Uses of anchors: none is needed, and a few expand to more than memory holds. */
const MOST_ALIASES = 100;

/** Reads YAML 1.2, in which `NO` is a country and no truth value. Answers all faults of the syntax at once. */
export function readPolicyDocument(text: string): PolicyDocument | readonly PolicyFault[] {
  const start = { line: 1, column: 1, path: "" };
  if (text.length > LONGEST_FILE)
    return [{ ...start, message: `the file is longer than ${String(LONGEST_FILE)} characters` }];
  const lines = new LineCounter();
  const document = parseDocument(text, {
    version: "1.2",
    lineCounter: lines,
    prettyErrors: false,
    uniqueKeys: true,
    strict: true,
    merge: false,
  });
  const places = placesIn(document, lines);
  const faults = [...document.errors, ...document.warnings].map(({ pos: [at], message }) => ({
    ...places.at(at),
    path: "",
    message,
  }));
  if (faults.length > 0) return faults;
  let data: unknown;
  try {
    data = document.toJS({ maxAliasCount: MOST_ALIASES });
  } catch {
    return [{ ...start, message: "the file uses anchors more often than a policy needs" }];
  }
  if (typeof data !== "object" || data === null || Array.isArray(data))
    return [{ ...start, message: "the file is no policy: it must begin with version: 1" }];
  return {
    data,
    fault: (path, message) => ({ ...places.ofNode(places.nearest(path)), path: pathText(path), message }),
    faultOfKey: (path, message) => ({
      ...places.ofNode(places.key(path) ?? places.nearest(path)),
      path: pathText(path),
      message,
    }),
    written(path) {
      const node = document.getIn(path, true);
      return isScalar(node) ? (node.source ?? String(node.value)) : null;
    },
  };
}

function placesIn(document: Document.Parsed, lines: LineCounter) {
  const at = (offset: number): { readonly line: number; readonly column: number } => {
    const { line, col } = lines.linePos(offset);
    return { line: Math.max(1, line), column: Math.max(1, col) };
  };
  return {
    at,
    ofNode: (node: Node | null) => at(node?.range?.[0] ?? 0),
    nearest(path: Path): Node | null {
      for (let length = path.length; length > 0; length--) {
        const node = document.getIn(path.slice(0, length), true) as Node | undefined;
        if (node !== undefined) return node;
      }
      return document.contents;
    },
    key(path: Path): Node | null {
      const parent = document.getIn(path.slice(0, -1));
      if (!isMap(parent)) return null;
      const pair = parent.items.find(({ key }: Pair) => isScalar(key) && key.value === path.at(-1));
      return isScalar(pair?.key) ? pair.key : null;
    },
  };
}

function pathText(path: Path): string {
  return path.reduce<string>(
    (text, part) => (typeof part === "number" ? `${text}[${String(part)}]` : text === "" ? part : `${text}.${part}`),
    "",
  );
}
