/** The publisher's header, in its order. */
export const ofsiHeader =
  "Name 6,Name 1,Name 2,Name 3,Name 4,Name 5,Title,Name Non-Latin Script,Non-Latin Script Type,Non-Latin Script Language,DOB,Town of Birth,Country of Birth,Nationality,Passport Number,Passport Details,National Identification Number,National Identification Details,Position,Address 1,Address 2,Address 3,Address 4,Address 5,Address 6,Post/Zip Code,Country,Other Information,Group Type,Alias Type,Alias Quality,Regime,Listed On,UK Sanctions List Date Designated,Last Updated,Group ID".split(
    ",",
  );

export type Cells = Readonly<Record<string, string>>;

/** A row about an invented individual; cells by column name. */
export function ofsiRow(cells: Cells = {}): Cells {
  return {
    "Name 6": "EXAMPLE",
    "Name 1": "Anna",
    "Group Type": "Individual",
    "Alias Type": "Primary name",
    Regime: "Test regime",
    "Listed On": "02/02/2024",
    "UK Sanctions List Date Designated": "01/02/2024",
    "Last Updated": "03/03/2025",
    "Group ID": "90001",
    ...cells,
  };
}

function cellText(text: string): string {
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

export function ofsiFile(rows: readonly Cells[], header: readonly string[] = ofsiHeader): string {
  const lines = rows.map((row) => header.map((column) => cellText(row[column] ?? "")).join(","));
  return ["Last Updated,27/11/2025", header.join(","), ...lines, ""].join("\r\n");
}

/** A target of the XML; elements by name. */
export function ofsiTarget(elements: Cells = {}): string {
  const all = {
    Name6: "EXAMPLE",
    name1: "Anna",
    GroupTypeDescription: "Individual",
    AliasType: "Primary name",
    RegimeName: "Test regime",
    GrpStatus: "A",
    GroupID: "90001",
    DateListed: "2024-02-02T00:00:00",
    ...elements,
  };
  const inside = Object.entries(all).map(([name, text]) => `<${name}>${text}</${name}>`);
  return `<FinancialSanctionsTarget>${inside.join("")}</FinancialSanctionsTarget>`;
}

export function ofsiXml(targets: readonly string[]): string {
  return `<?xml version="1.0" encoding="utf-8"?>
<ArrayOfFinancialSanctionsTarget xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">${targets.join("\n")}</ArrayOfFinancialSanctionsTarget>
`;
}
