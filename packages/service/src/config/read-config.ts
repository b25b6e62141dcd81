import { readFileSync, statSync } from "node:fs";

import { CordonError } from "@cordon/errors";

import type { ConfigOf, ConfigShape, Environment, Group, Setting } from "./setting.ts";

/** Certificates come in chains, but none is a megabyte. */
const maxFileBytes = 1024 * 1024;

/** Marks a value that could not be read; its fault is already noted. */
const faulty = Symbol("faulty");

/**
 * Reads a whole configuration from the environment and freezes it. A variable set to the empty string counts as not
 * set. Throws one CONFIG_INVALID that lists every fault: the variable, what is wrong, what is expected. A secret's
 * value, or an address, which may carry one, is never shown.
 */
export function readConfig<S extends ConfigShape>(shape: S, environment: Environment): ConfigOf<S> {
  const faults: string[] = [];
  const values = readShape(shape, environment, faults);
  if (faults.length > 0) {
    const heading = faults.length === 1 ? "1 fault" : `${String(faults.length)} faults`;
    throw new CordonError("CONFIG_INVALID", `configuration: ${heading}. ${faults.join("; ")}`, { details: { faults } });
  }
  return freezeDeep(values) as ConfigOf<S>;
}

function readShape(shape: ConfigShape, environment: Environment, faults: string[]): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(shape).map(([key, part]) => [
      key,
      part.kind === "group" ? readGroup(part, environment, faults) : readSetting(part, environment, faults),
    ]),
  );
}

function readGroup(part: Group<unknown>, environment: Environment, faults: string[]): unknown {
  const before = faults.length;
  const values = readShape(part.settings, environment, faults);
  return faults.length > before ? faulty : part.build(values, (fault) => void faults.push(fault));
}

function readSetting(setting: Setting<unknown>, environment: Environment, faults: string[]): unknown {
  const found = findText(setting, environment, faults);
  if (found === faulty) return faulty;
  if (found === undefined) {
    if (setting.absence.kind === "null") return null;
    faults.push(`${setting.name} is not set, expected ${setting.expected}`);
    return faulty;
  }
  const parsed = setting.schema.safeParse(found);
  if (parsed.success) return parsed.data;
  faults.push(`${describeBadValue(setting, found, environment)}, expected ${setting.expected}`);
  return faulty;
}

/** The text of a setting: its variable's, its file's or its default's; `undefined` where there is none. */
function findText(
  setting: Setting<unknown>,
  environment: Environment,
  faults: string[],
): string | undefined | typeof faulty {
  const given = environment[setting.name] || undefined;
  if (setting.source === "path") return given === undefined ? undefined : readText(setting.name, given, faults);
  if (setting.source === "secret") {
    const fileVariable = `${setting.name}_FILE`;
    const path = environment[fileVariable] || undefined;
    if (given !== undefined && path !== undefined) {
      faults.push(`${setting.name} and ${fileVariable} are both set, expected one of them`);
      return faulty;
    }
    if (path !== undefined) {
      const read = readText(fileVariable, path, faults);
      // Editors and `echo` end a file with a newline that is no part of the secret.
      return read === faulty ? faulty : read.replace(/\r?\n$/, "");
    }
  }
  return given ?? (setting.absence.kind === "default" ? setting.absence.text : undefined);
}

function readText(variable: string, path: string, faults: string[]): string | typeof faulty {
  try {
    const { size } = statSync(path);
    if (size <= maxFileBytes) return readFileSync(path, "utf8");
    faults.push(`${variable} names a file of ${String(size)} bytes, expected at most ${String(maxFileBytes)}`);
  } catch (error) {
    const reason = error instanceof Error && "code" in error ? String(error.code) : "unreadable";
    faults.push(
      `${variable} names ${JSON.stringify(path)}, which cannot be read (${reason}), expected a readable file`,
    );
  }
  return faulty;
}

function describeBadValue(setting: Setting<unknown>, value: string, environment: Environment): string {
  switch (setting.source) {
    case "value":
      return `${setting.name} is ${JSON.stringify(value.length > 80 ? `${value.slice(0, 80)}…` : value)}`;
    case "path":
      return `${setting.name} names ${JSON.stringify(environment[setting.name] ?? "")}, which holds no PEM`;
    case "hidden":
    case "secret":
      return `${setting.name} has an unacceptable value (not shown)`;
  }
}

function freezeDeep(value: unknown): unknown {
  if (typeof value !== "object" || value === null || Object.isFrozen(value)) return value;
  for (const part of Object.values(value)) freezeDeep(part);
  return Object.freeze(value);
}
