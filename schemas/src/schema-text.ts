import { readFileSync } from "node:fs";

import type { Subject } from "./subjects.ts";

/** The current schema of a subject, as its file in `schemas/avro` has it: the text to register. */
export function schemaText(subject: Subject): string {
  return readFileSync(new URL(`../avro/${subject}.avsc`, import.meta.url), "utf8");
}
