import { writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const target = join(dirname(fileURLToPath(import.meta.url)), "../../packages/matching/src/names");

/** One text of lines, as JSON: of a module in TypeScript the runtime would keep the source beside the text, twice. */
export function writeTable(file: string, lines: readonly string[]): void {
  const text = lines.join("\n");
  writeFileSync(join(target, `${file}.json`), `${JSON.stringify(text)}\n`);
  process.stdout.write(`${file}: ${String(lines.length)} lines, ${String(Buffer.byteLength(text))} bytes\n`);
}
