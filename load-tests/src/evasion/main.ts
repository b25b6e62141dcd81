/** `npm run evasion`: hides listed names and identifiers in events and tells what screening finds. */
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

import { compileSnapshot, openSnapshot } from "@cordon/matching";

import { runCommand } from "../command.ts";
import { listUnions } from "../lists/list-unions.ts";
import { measureLines } from "./innocent-lines.ts";
import { customers, measureInnocents } from "./innocents.ts";
import { type KindResult, measureTrick, type Missed } from "./measure.ts";
import { type EvasionOptions, readEvasionOptions, usage } from "./options.ts";
import { plantSource } from "./plants.ts";
import {
  type Before,
  breaches,
  causeTable,
  classTable,
  documentOf,
  type EvasionFigures,
  innocentTable,
  kindTable,
} from "./report.ts";
import { type Screener, screenerOf } from "./screener.ts";
import { settled } from "./settled.ts";
import { tricks } from "./tricks.ts";
import { type Pools, pools as allPools } from "./words.ts";

const shared = fileURLToPath(new URL("../../../../shared/data", import.meta.url));
const document = fileURLToPath(new URL("../../../docs/evasion.md", import.meta.url));
const beforeFile = fileURLToPath(new URL("../../../docs/evasion-before.json", import.meta.url));

async function evade(options: EvasionOptions): Promise<void> {
  const union = (await listUnions(shared)).at(-1);
  if (union === undefined) throw new RangeError("../shared/data is absent: there is nothing to hide");
  progress("compiling the index");
  const screener = screenerOf(openSnapshot(compileSnapshot(union.designations)));
  const pools = settled(allPools, screener);
  if (options.lines !== null) return tellLines(options.lines, { screener, pools, seed: options.seed });

  const chosen = tricks.filter(
    ({ class: of, name }) =>
      (options.class === null || of === options.class) && (options.kind === null || name.includes(options.kind)),
  );
  if (chosen.length === 0) throw new RangeError("no kind has such a name");
  const plants = plantSource(union.designations);
  const kinds = chosen.map((trick, at) => {
    progress(`${String(at)} of ${String(chosen.length)} kinds, ${trick.name}`);
    return measureTrick(trick, { screener, plants, pools, seed: options.seed, samples: options.samples });
  });
  const innocents = measureInnocents(customers(shared, options.innocents), {
    screener,
    pools,
    seed: options.seed,
    shared,
    tricks,
    progress: (done, all) => progress(`${String(done)} of ${String(all)} innocent events`),
  });
  progress(null);
  const { seed, samples } = options;
  const measured = options.innocents === 0 ? [] : innocents;
  tell(
    { lists: union.lists, engineVersion: screener.index.engineVersion, seed, samples, kinds, innocents: measured },
    options,
  );
}

function tell(figures: EvasionFigures, options: EvasionOptions): void {
  const before = readBefore();
  const { kinds, innocents } = figures;
  const texts = [kindTable(kinds, before), classTable(kinds, before)];
  if (innocents.length > 0) texts.push(innocentTable(innocents, before), causeTable(innocents));
  process.stdout.write(`${texts.join("\n\n")}\n`);
  if (options.show) {
    for (const kind of kinds) show(kind);
    for (const { what, examples } of innocents)
      process.stdout.write(`\n${what}\n${examples.map((example) => `  ${example}\n`).join("")}`);
  }
  if (options.json !== null) {
    const bare = kinds.map(({ missed, ...kind }) => ({ ...kind, missed: missed.length }));
    const counts = innocents.map((round) => ({ ...round, examples: undefined }));
    writeFileSync(options.json, `${JSON.stringify({ ...figures, kinds: bare, innocents: counts }, null, 2)}\n`);
  }
  if (options.write)
    writeFileSync(document, documentOf(figures, before, `npm run evasion -- ${process.argv.slice(2).join(" ")}`));
  const wrong = breaches(figures);
  for (const breach of wrong) process.stdout.write(`NOT REACHED: ${breach}\n`);
  if (wrong.length > 0) process.exitCode = 1;
}

function readBefore(): Before | null {
  return existsSync(beforeFile) ? (JSON.parse(readFileSync(beforeFile, "utf8")) as Before) : null;
}

function show({ name, missed }: KindResult): void {
  if (missed.length > 0) process.stdout.write(`\n${name}\n${missed.map(shown).join("")}`);
}

function shown({ verdict, designation, plain, written }: Missed): string {
  const texts = written.map(({ path, text }) => `    ${path} = ${JSON.stringify(text)}\n`);
  return `  ${verdict} ${designation} "${plain}"\n${texts.join("")}`;
}

function tellLines(
  count: number,
  given: { readonly screener: Screener; readonly pools: Pools; readonly seed: number },
): void {
  const result = measureLines(count, {
    ...given,
    progress: (done, all) => progress(`${String(done)} of ${String(all)} lines`),
  });
  progress(null);
  const { lines, byIdentifier, byName, holds, examples } = result;
  const counts = `${String(byIdentifier)} hit by an identifier, ${String(byName)} by a name, ${String(holds)} events held`;
  process.stdout.write(`${String(lines)} innocent lines: ${counts}\n${examples.map((text) => `  ${text}\n`).join("")}`);
  if (byIdentifier > lines / 100_000) process.exitCode = 1;
}

/** On a terminal only; null wipes it away. */
function progress(text: string | null): void {
  if (process.stderr.isTTY) process.stderr.write(`\r\u001b[K${text ?? ""}`);
}

await runCommand({ usage, read: readEvasionOptions, run: evade });
