import { existsSync, readdirSync } from "node:fs";
import { pathToFileURL } from "node:url";

/*
 * What the image runs. `docker run IMAGE screener` is a service, `docker run IMAGE compare "A" "B"` the command line
 * (so is `cordon compare …`), and a path that ends in .ts is that program. Nothing here handles a signal: the program does.
 */
const root = new URL("../../", import.meta.url);
const commandLine = "packages/cli/src/main.ts";

function services(): readonly string[] {
  return readdirSync(new URL("services/", root)).filter((name) => existsSync(new URL(mainOf(name), root)));
}

function mainOf(service: string): string {
  return `services/${service}/src/main.ts`;
}

/** The program's file, and what it is told. */
function chosen([first = "--help", ...rest]: readonly string[]): readonly [string, readonly string[]] {
  if (services().includes(first)) return [mainOf(first), rest];
  if (first === "cordon") return [commandLine, rest];
  if (first.endsWith(".ts")) return [first, rest];
  return [commandLine, [first, ...rest]];
}

const [file, rest] = chosen(process.argv.slice(2));
if (file === commandLine && (rest[0] === "--help" || rest.length === 0))
  process.stdout.write(`The services of this image: ${services().join(", ")}. Else the first word is a command:\n\n`);
const program = new URL(file, root);
if (!existsSync(program)) {
  process.stderr.write(`${file}: there is no such program in this image\n`);
  process.exit(2);
}
process.argv.splice(1, process.argv.length - 1, program.pathname, ...rest);
await import(pathToFileURL(program.pathname).href);
