import { createReadStream, existsSync } from "node:fs";
import { join } from "node:path";

import { listSources, parseOfacSdn } from "@cordon/lists";
import type { Designation } from "@cordon/matching";

/** Published lists together. */
export interface ListUnion {
  readonly lists: string;
  readonly designations: readonly Designation[];
}

/** The lists that the shared folder has, read in full, in growing unions; none where it is absent. */
export async function listUnions(shared: string): Promise<readonly ListUnion[]> {
  const uk = join(shared, "lists/uk/UK-Sanctions-List.csv");
  const un = join(shared, "lists/un/consolidated_20260227.xml");
  const ofac = join(shared, "lists/ofac");
  if (!existsSync(uk) || !existsSync(un)) return [];
  const both = [
    ...(await listSources.uk.parse(createReadStream(uk))).designations,
    ...(await listSources.un.parse(createReadStream(un))).designations,
  ];
  if (!existsSync(ofac)) return [{ lists: "UK + UN", designations: both }];
  const file = (name: string): AsyncIterable<Uint8Array> => createReadStream(join(ofac, name));
  const sdn = await parseOfacSdn({
    sdn: file("sdn.csv"),
    alt: file("alt.csv"),
    add: file("add.csv"),
    comments: file("sdn_comments.csv"),
  });
  return [
    { lists: "UK + UN", designations: both },
    { lists: "UK + UN + OFAC", designations: [...both, ...sdn.designations] },
  ];
}
