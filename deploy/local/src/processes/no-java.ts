import { StackError } from "../stack-error.ts";
import { installHint } from "./install-hint.ts";
import type { Java } from "./java.ts";

/** What to say where `program` needs a Java that is not here. */
export function noJava(program: string, oldest: number, newest: Java | undefined): StackError {
  const here = newest === undefined ? "there is none" : `the newest here is ${String(newest.version)}`;
  return new StackError(
    `${program} needs Java ${String(oldest)} or newer, and ${here}.\n` +
      `Install it: ${installHint("openjdk-21-jre-headless", "openjdk@21")}, or start a container engine`,
  );
}
