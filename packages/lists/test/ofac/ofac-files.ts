import type { OfacFiles } from "../../src/ofac/parse.ts";
import { chunksOf } from "../fixtures.ts";

/** OFAC's null: with a space behind it. */
export const none = "-0- ";

const cellText = (text: string): string =>
  text === none || /^\d+$/.test(text) ? text : `"${text.replaceAll('"', '""')}"`;

const rowText = (cells: readonly string[]): string => `${cells.map(cellText).join(",")}\r\n`;

export interface SdnRow {
  readonly key?: string;
  readonly name?: string;
  readonly type?: string;
  readonly programmes?: string;
  readonly callSign?: string;
  readonly remarks?: string;
}

/** A row of sdn.csv for an invented entity. */
export function sdnRow({
  key = "1",
  name = "EXAMPLE TRADING",
  type = none,
  programmes = "TEST",
  callSign = none,
  remarks = none,
}: SdnRow = {}): string {
  return rowText([key, name, type, programmes, none, callSign, none, none, none, none, none, remarks]);
}

export function altRow(key: string, type: string, name: string): string {
  return rowText([key, "7", type, name, none]);
}

export function addRow(key: string, address = "1 Example Road"): string {
  return rowText([key, "9", address, none, "Nowhere", none]);
}

export function commentRow(key: string, text: string): string {
  return rowText([key, text]);
}

export interface OfacTexts {
  readonly sdn?: readonly string[];
  readonly alt?: readonly string[];
  readonly add?: readonly string[];
  readonly comments?: readonly string[];
  /** What stands at the end of the first three files. */
  readonly end?: string;
  /** Bytes of a chunk. */
  readonly size?: number;
}

/** The four files, the first three ended by Ctrl-Z. */
export function ofacFiles({
  sdn = [sdnRow()],
  alt = [altRow("1", "aka", "EXAMPLE TRADERS")],
  add = [addRow("1")],
  comments = [commentRow("1", "; Gender Male")],
  end = "\u001a",
  size = Infinity,
}: OfacTexts = {}): OfacFiles {
  return {
    sdn: chunksOf(sdn.join("") + end, size),
    alt: chunksOf(alt.join("") + end, size),
    add: chunksOf(add.join("") + end, size),
    comments: chunksOf(comments.join(""), size),
  };
}
