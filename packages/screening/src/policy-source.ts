import { readFileSync, statSync } from "node:fs";

import { compilePolicy, type Policy, type PolicyFault, type PolicySettings, readPolicyFile } from "@cordon/decisions";

/** The policy that the environment tells, with where it can be read anew. */
export interface ConfiguredPolicy extends Policy {
  /** Null: the environment alone tells it, and it cannot change. */
  readonly source: PolicySource | null;
}

/** The file that a policy stands in. */
export interface PolicySource {
  readonly path: string;
  /** What stands there now, as a policy. Never throws. */
  read(): PolicyReading;
  /** The same, not yet read as a policy: a file is looked at far more often than it changes. Never throws. */
  look(): PolicyContent;
}

/** What stood in a file when it was looked at. */
export interface PolicyContent {
  /** Null: it cannot be read. */
  readonly text: string | null;
  read(): PolicyReading;
}

export type PolicyReading =
  | { readonly kind: "policy"; readonly policy: ConfiguredPolicy; readonly name: string | null }
  /** `faults`: one line each, with its place; they quote no value of the file. */
  | { readonly kind: "refused"; readonly faults: readonly string[] };

/** Of hundreds of rules are far fewer. */
const MOST_BYTES = 1024 * 1024;

export function withoutFile(settings: PolicySettings): ConfiguredPolicy {
  return Object.freeze({ ...compilePolicy(settings), source: null });
}

/** What the file leaves out is what `base` says. */
export function policySource(path: string, base: PolicySettings): PolicySource {
  const source: PolicySource = {
    path,
    read: () => source.look().read(),
    look() {
      const text = textOf(path);
      if (typeof text !== "string") return { text: null, read: () => ({ kind: "refused", faults: [text.why] }) };
      return { text, read: () => readAs(text) };
    },
  };
  function readAs(text: string): PolicyReading {
    const read = readPolicyFile(text, base);
    if (read.kind === "faults") return { kind: "refused", faults: read.faults.map(lineOfFault) };
    return { kind: "policy", policy: Object.freeze({ ...read.policy, source }), name: read.name };
  }
  return source;
}

/** `line 3, column 14: rules[0].apply.threshold must be integer`. */
function lineOfFault({ line, column, path, message }: PolicyFault): string {
  return `line ${String(line)}, column ${String(column)}: ${path === "" ? "" : `${path} `}${message}`;
}

function textOf(path: string): string | { readonly why: string } {
  try {
    const { size } = statSync(path);
    if (size > MOST_BYTES) return { why: `it has ${String(size)} bytes, more than ${String(MOST_BYTES)}` };
    return new TextDecoder("utf-8", { fatal: true }).decode(readFileSync(path));
  } catch (error) {
    if (error instanceof TypeError) return { why: "it is not UTF-8 text" };
    return {
      why: `it cannot be read (${error instanceof Error && "code" in error ? String(error.code) : "unreadable"})`,
    };
  }
}
