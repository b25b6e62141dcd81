import { compileParseOptions, createCsvReader } from "@cordon/lists";

import { type CustomerRead, readCustomer } from "./customer.ts";

export type CustomerFormat = "ndjson" | "csv";

/** The longest line, in characters. */
const longestLine = 1024 * 1024;

/**
 * Customers of a file of bytes in UTF-8, in groups as they come: one JSON object a line, or comma-separated values whose first line names
 * the columns. Without a format the first character decides: `{` begins JSON. Throws TypeError for bytes that are no UTF-8, and
 * LIST_MALFORMED or LIST_TOO_LARGE for a table that cannot be read on; a line that is no customer is handed on as such.
 */
export async function* readCustomers(
  chunks: AsyncIterable<Uint8Array>,
  format?: CustomerFormat,
): AsyncGenerator<readonly CustomerRead[]> {
  const decoder = new TextDecoder("utf-8", { fatal: true });
  let lines: LineReader | null = null;
  let waiting = "";
  for await (const chunk of chunks) {
    waiting += decoder.decode(chunk, { stream: true });
    if (lines === null) {
      if (waiting.trimStart() === "") continue;
      lines = readerOf(format ?? (waiting.trimStart().startsWith("{") ? "ndjson" : "csv"));
    }
    yield lines.push(waiting);
    waiting = "";
  }
  const rest = waiting + decoder.decode();
  if (lines === null && rest.trim() === "") return;
  lines ??= readerOf(format ?? (rest.trimStart().startsWith("{") ? "ndjson" : "csv"));
  yield [...lines.push(rest), ...lines.end()];
}

interface LineReader {
  push(text: string): readonly CustomerRead[];
  end(): readonly CustomerRead[];
}

function readerOf(format: CustomerFormat): LineReader {
  return format === "ndjson" ? jsonReader() : csvReader();
}

function jsonReader(): LineReader {
  let rest = "";
  let number = 0;
  const read = (text: string): CustomerRead | null => {
    number += 1;
    if (text.trim() === "") return null;
    if (text.length > longestLine) return refused(number, "is longer than a megabyte");
    let value: unknown;
    try {
      value = JSON.parse(text);
    } catch {
      return refused(number, "is not JSON");
    }
    if (hasNameTwice(text)) return refused(number, "has a field twice, of which one would not be screened");
    return readCustomer(value, number);
  };
  return {
    push(text) {
      const pieces = (rest + text).split("\n");
      rest = pieces.pop() ?? "";
      if (rest.length > longestLine * 2) rest = rest.slice(0, longestLine + 1);
      return pieces.map(read).filter((one) => one !== null);
    },
    end: () => [read(rest)].filter((one) => one !== null),
  };
}

/** The strings of a text of JSON, and the marks that tell which of them are names. */
const TOKENS = /"(?:[^"\\]|\\.)*"|[{}[\]:]/g;

/** Whether an object in a text of JSON has a name twice: the parser keeps the last of them, and tells nobody. */
function hasNameTwice(json: string): boolean {
  const open: Set<string>[] = [];
  let last = "";
  for (const [token] of json.matchAll(TOKENS))
    if (token === "{" || token === "[") open.push(new Set());
    else if (token === "}" || token === "]") open.pop();
    else if (token !== ":") last = token;
    else {
      const names = open.at(-1);
      const name = last.includes("\\") ? String(JSON.parse(last)) : last.slice(1, -1);
      if (names?.has(name) === true) return true;
      names?.add(name);
    }
  return false;
}

/** Of a table a cell may hold several values with `;` between them, where there may be several. */
const several: ReadonlySet<string> = new Set(["nationalities", "nationality"]);

/** Columns `passport`, `nationalId`, … are identifiers of that kind. */
const identifierColumns: Readonly<Record<string, string>> = {
  passport: "PASSPORT",
  nationalid: "NATIONAL_ID",
  taxid: "TAX_ID",
  registration: "REGISTRATION",
  lei: "LEI",
  bic: "BIC",
  imo: "IMO",
  wallet: "WALLET",
  phone: "PHONE",
  email: "EMAIL",
  identifier: "OTHER",
};

const columnNames: Readonly<Record<string, string>> = {
  id: "id",
  customerid: "id",
  name: "name",
  type: "type",
  schema: "type",
  birthdate: "birthDate",
  dateofbirth: "birthDate",
  dob: "birthDate",
  birthplace: "birthPlace",
  nationality: "nationalities",
  nationalities: "nationalities",
  country: "country",
  residence: "country",
  address: "address",
  account: "account",
  iban: "account",
  contact: "contact",
  note: "note",
};

function csvReader(): LineReader {
  let columns: readonly string[] | null = null;
  let read: CustomerRead[] = [];
  const csv = createCsvReader(compileParseOptions({ maxRows: Number.MAX_SAFE_INTEGER }), (cells, line) => {
    if (columns === null) columns = cells.map((cell) => cell.trim().replace(/^\uFEFF/, ""));
    else read.push(customerOfRow(cells, columns, line));
  });
  const taken = (): readonly CustomerRead[] => {
    const some = read;
    read = [];
    return some;
  };
  return {
    push(text) {
      csv.push(text);
      return taken();
    },
    end() {
      csv.end();
      return taken();
    },
  };
}

function customerOfRow(cells: readonly string[], columns: readonly string[], line: number): CustomerRead {
  if (cells.length !== columns.length)
    return refused(line, `has ${String(cells.length)} cells where line 1 has ${String(columns.length)}`);
  const fields: Record<string, unknown> = {};
  const identifiers: { readonly kind: string; readonly value: string }[] = [];
  for (const [at, cell] of cells.entries()) {
    const column = columns[at] ?? "";
    const plain = column.toLowerCase().replaceAll(/[\s_-]/g, "");
    const value = cell.trim();
    if (value === "") continue;
    const kind = identifierColumns[plain];
    if (kind !== undefined) {
      identifiers.push(...valuesIn(value).map((one) => ({ kind, value: one })));
      continue;
    }
    const name = columnNames[plain] ?? column;
    if (several.has(name)) fields[name] = [...((fields[name] ?? []) as readonly string[]), ...valuesIn(value)];
    else if (name !== "note" && Object.hasOwn(fields, name) && fields[name] !== value)
      return refused(line, `has two columns for its "${name.slice(0, 40)}", of which one would not be screened`);
    else fields[name] = value;
  }
  // What stands in a column of that name is no identifier, and is told.
  const isTold = identifiers.length === 0 || Object.hasOwn(fields, "identifiers");
  return readCustomer(isTold ? fields : { ...fields, identifiers }, line);
}

function valuesIn(cell: string): readonly string[] {
  return cell.split(";").map((one) => one.trim());
}

function refused(line: number, why: string): CustomerRead {
  return { kind: "refused", refused: { line, why } };
}
