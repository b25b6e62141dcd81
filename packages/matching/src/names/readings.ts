import { ownReadings } from "./own-readings.ts";
import readingsTable from "./readings.json" with { type: "json" };

/** Words of other scripts, as `readWord` looks for them, to the Latin spelling, bytes a-z0-9. Own ones win. */
let readings: Map<string, string> | undefined;

/** The Latin spelling of a name part written in another script, if the table knows it. `word`: NFKC, lower case. */
export function reading(word: string): string | undefined {
  readings ??= parse([...readingsTable.split("\n"), ...ownReadings]);
  return readings.get(word);
}

function parse(lines: readonly string[]): Map<string, string> {
  const entries = new Map<string, string>();
  for (const line of lines) {
    const [latin, ...words] = line.split(" ");
    for (const word of words) entries.set(word, latin!);
  }
  return entries;
}
