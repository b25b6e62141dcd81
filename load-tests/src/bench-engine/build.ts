import { existsSync, statSync } from "node:fs";
import { join, resolve } from "node:path";
import { pathToFileURL } from "node:url";

import * as here from "@cordon/matching";

/** What the bench asks of an engine; `--beside` brings that of another checkout, which may be older than this one. */
export type EngineBuild = Pick<
  typeof here,
  "compileSearchOptions" | "compileSnapshot" | "openSnapshot" | "engineVersion"
>;

export const thisBuild: EngineBuild = here;

const ENTRY = "packages/matching/src/index.ts";

/** The engine of a checkout, or of the file that is its `index.ts`. Throws RangeError with a message for the user. */
export async function buildAt(path: string): Promise<EngineBuild> {
  const given = resolve(path);
  if (!existsSync(given)) throw new RangeError(`--beside: there is no ${path}`);
  const file = statSync(given).isDirectory() ? join(given, ENTRY) : given;
  if (!existsSync(file)) throw new RangeError(`--beside: ${path} is no checkout, it has no ${ENTRY}`);
  const build = (await import(pathToFileURL(file).href)) as Partial<EngineBuild>;
  if (build.openSnapshot === undefined || build.compileSnapshot === undefined)
    throw new RangeError(`--beside: ${path} exports no engine`);
  return build as EngineBuild;
}
