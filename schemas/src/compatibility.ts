import { boundedType } from "./bounded-types.ts";

/**
 * Why what was written with the schema `writer` cannot be read with the schema `reader`; `null` when it can. Both are
 * schema texts. This is what a registry checks under BACKWARD, done without one (Avro specification, "Schema
 * Resolution").
 */
export function whyUnreadable(reader: string, writer: string): string | null {
  try {
    boundedType(JSON.parse(reader)).createResolver(boundedType(JSON.parse(writer)));
    return null;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}
