/** The publisher's header, in its order. */
export const ukHeader =
  "Last Updated,Unique ID,OFSI Group ID,UN Reference Number,Name 6,Name 1,Name 2,Name 3,Name 4,Name 5,Name type,Alias strength,Title,Name non-latin script,Non-latin script type,Non-latin script language,Regime Name,Designation Type,Designation source,Sanctions Imposed,Other Information,UK Statement of Reasons,Address Line 1,Address Line 2,Address Line 3,Address Line 4,Address Line 5,Address Line 6,Address Postal Code,Address Country,Phone number,Website,Email address,Date Designated,D.O.B,Nationality(/ies),National Identifier number,National Identifier additional information,Passport number,Passport additional information,Position,Gender,Town of birth,Country of birth,Type of entity,Subsidiaries,Parent company,Business registration number (s),IMO number,Current owner/operator (s),Previous owner/operator (s),Current believed flag of ship,Previous flags,Type of ship,Tonnage of ship,Length of ship,Year Built,Hull identification number (HIN)".split(
    ",",
  );

export type UkRow = Readonly<Record<string, string>>;

/** A row of an invented individual; cells by column name. */
export function ukRow(cells: UkRow = {}): UkRow {
  return {
    "Last Updated": "02/03/2026",
    "Unique ID": "TST0001",
    "Name 6": "EXAMPLE",
    "Name 1": "Anna",
    "Name type": "Primary Name",
    "Regime Name": "The Test (Sanctions) Regulations 2020",
    "Designation Type": "Individual",
    "Date Designated": "01/02/2025",
    ...cells,
  };
}

function cellText(text: string): string {
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

export interface UkFileOptions {
  readonly header?: readonly string[];
  readonly title?: string;
  readonly bom?: boolean;
}

/** A file of the publisher's layout: title line, header, rows, CRLF. */
export function ukFile(
  rows: readonly UkRow[],
  { header = ukHeader, title = "Report Date: 29-Apr-2026", bom = false }: UkFileOptions = {},
): string {
  const lines = [title, header.map(cellText).join(",")];
  for (const row of rows) lines.push(header.map((column) => cellText(row[column] ?? "")).join(","));
  return `${bom ? "\uFEFF" : ""}${lines.join("\r\n")}\r\n`;
}
