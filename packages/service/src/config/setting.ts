import { z } from "zod";

/** The environment, as `process.env` has it. */
export type Environment = Readonly<Record<string, string | undefined>>;

/** What stands for a variable that is not set: nothing may (`required`), a text as one would write it, or `null`. */
export type Absence =
  | { readonly kind: "required" }
  | { readonly kind: "default"; readonly text: string }
  | { readonly kind: "null" };

/** One variable of the environment. Make one with `text`, `integer`, `secret` and the like. */
export interface Setting<T> {
  readonly kind: "setting";
  readonly name: string;
  /** What it is for, one line, for the table of variables. */
  readonly meaning: string;
  /** What is accepted, as the end of the sentence "expected …". */
  readonly expected: string;
  readonly absence: Absence;
  /**
   * - `value`: the variable holds the value and an error may show it.
   * - `hidden`: it may carry credentials, as an address does; no error shows it.
   * - `secret`: hidden, and `<name>_FILE` may name a file to read it from instead.
   * - `path`: it names a file, and the file's text is the value; the path may be shown, the text never is.
   */
  readonly source: "value" | "hidden" | "secret" | "path";
  readonly schema: z.ZodType<T, string>;
}

/** Reports a fault that no single variable shows. It should name the variables. */
export type ReportFault = (fault: string) => void;

/** Settings that make one value together. Make one with `group`. */
export interface Group<T> {
  readonly kind: "group";
  readonly settings: ConfigShape;
  readonly build: (values: unknown, fault: ReportFault) => T;
}

export interface ConfigShape {
  readonly [key: string]: Setting<unknown> | Group<unknown>;
}

/** The value that a shape reads as. */
export type ConfigOf<S> =
  S extends Setting<infer T> ? T : S extends Group<infer T> ? T : { readonly [K in keyof S]: ConfigOf<S[K]> };

/**
 * Groups settings under one key. `build` runs when each of them is good; what it reports as faults joins the others.
 */
export function group<S extends ConfigShape>(settings: S): Group<ConfigOf<S>>;
export function group<S extends ConfigShape, T>(
  settings: S,
  build: (values: ConfigOf<S>, fault: ReportFault) => T,
): Group<T>;
export function group<S extends ConfigShape, T>(
  settings: S,
  build?: (values: ConfigOf<S>, fault: ReportFault) => T,
): Group<T | ConfigOf<S>> {
  return {
    kind: "group",
    settings,
    build: (values, fault) => (build === undefined ? (values as ConfigOf<S>) : build(values as ConfigOf<S>, fault)),
  };
}

export interface SettingOptions {
  readonly meaning: string;
  /** As one would write it in the environment. Absent: the variable must be set. */
  readonly default?: string;
}

function absenceOf(options: SettingOptions): Absence {
  return options.default === undefined ? { kind: "required" } : { kind: "default", text: options.default };
}

/** The same setting, but `null` where the variable is not set. */
export function optional<T>(setting: Setting<T>): Setting<T | null> {
  return { ...setting, absence: { kind: "null" } };
}

const printable = /^[^\p{Cc}]+$/u;

/** A line of text. `pattern` and `expected` narrow it; they come together. */
export function text(
  name: string,
  options: SettingOptions & { readonly pattern?: RegExp; readonly expected?: string },
): Setting<string> {
  return {
    kind: "setting",
    name,
    meaning: options.meaning,
    expected: options.expected ?? "a line of text",
    absence: absenceOf(options),
    source: "value",
    schema: z
      .string()
      .max(4096)
      .regex(options.pattern ?? printable),
  };
}

function numberSetting(
  name: string,
  options: SettingOptions & { readonly min: number; readonly max: number },
  { pattern, noun }: { readonly pattern: RegExp; readonly noun: string },
): Setting<number> {
  return {
    kind: "setting",
    name,
    meaning: options.meaning,
    expected: `${noun} from ${String(options.min)} to ${String(options.max)}`,
    absence: absenceOf(options),
    source: "value",
    schema: z.string().regex(pattern).transform(Number).pipe(z.number().min(options.min).max(options.max)),
  };
}

/** Decimal digits, with a minus where `min` allows it; no other spelling, neither `1e3` nor `0x10`. */
export function integer(
  name: string,
  options: SettingOptions & { readonly min: number; readonly max: number },
): Setting<number> {
  return numberSetting(name, options, { pattern: /^-?(?:0|[1-9]\d{0,14})$/, noun: "a whole number" });
}

/** Decimal digits, with a point and a fraction if need be. */
export function decimal(
  name: string,
  options: SettingOptions & { readonly min: number; readonly max: number },
): Setting<number> {
  return numberSetting(name, options, { pattern: /^-?(?:0|[1-9]\d{0,14})(?:\.\d{1,9})?$/, noun: "a number" });
}

/** One of a few words. */
export function oneOf<const T extends string>(
  name: string,
  values: readonly [T, ...T[]],
  options: SettingOptions,
): Setting<T> {
  return {
    kind: "setting",
    name,
    meaning: options.meaning,
    expected: values.length === 1 ? values[0] : `${values.slice(0, -1).join(", ")} or ${values.at(-1) ?? ""}`,
    absence: absenceOf(options),
    source: "value",
    schema: z.enum(values),
  };
}

/** `true` or `false`; a `yes`, a `1` or a `True` is refused rather than guessed. */
export function flag(name: string, options: SettingOptions): Setting<boolean> {
  const words = oneOf(name, ["true", "false"], options);
  return { ...words, schema: z.enum(["true", "false"]).transform((word) => word === "true") };
}

/** Parts between commas, each matching `pattern`, at least one and at most 100, none twice. */
export function commaSeparated(
  name: string,
  options: SettingOptions & { readonly pattern: RegExp; readonly expected: string },
): Setting<readonly string[]> {
  return {
    ...text(name, options),
    schema: z
      .string()
      .max(8192)
      .transform((list) => list.split(",").map((part) => part.trim()))
      .pipe(
        z
          .array(z.string().regex(options.pattern))
          .max(100)
          .refine((parts) => new Set(parts).size === parts.length),
      ),
  };
}

/** An absolute address with one of the protocols, such as `https:`. No error shows it: it may carry a password. */
export function address(
  name: string,
  protocols: readonly [string, ...string[]],
  options: SettingOptions,
): Setting<string> {
  return {
    ...text(name, options),
    expected: `an address that begins with ${protocols.map((protocol) => `${protocol}//`).join(" or ")}`,
    source: "hidden",
    schema: z
      .string()
      .max(4096)
      .refine(
        (value) =>
          URL.canParse(value) &&
          protocols.includes(new URL(value).protocol) &&
          new URL(value).host !== "" &&
          isWellEscaped(value),
      ),
  };
}

/** Whether each `%` begins an escape: user and password of an address are read through them. */
function isWellEscaped(value: string): boolean {
  const { username, password, pathname } = new URL(value);
  try {
    for (const part of [username, password, pathname]) decodeURIComponent(part);
    return true;
  } catch {
    return false;
  }
}

/** A secret: from the variable, or from the file that `<name>_FILE` names; `null` where neither is set. */
export function secret(name: string, { meaning }: { readonly meaning: string }): Setting<string | null> {
  return {
    kind: "setting",
    name,
    meaning,
    expected: "one line of text without control characters",
    absence: { kind: "null" },
    source: "secret",
    schema: z.string().max(4096).regex(printable),
  };
}

/** As `secret`, for a key in PEM, which has lines. */
export function secretPem(name: string, { meaning }: { readonly meaning: string }): Setting<string | null> {
  return {
    ...secret(name, { meaning }),
    expected: "a key in PEM",
    schema: z
      .string()
      .max(16_384)
      .regex(/-----BEGIN [A-Z0-9 ]+-----/),
  };
}

/** The text of the PEM file that the variable names; `null` where it is not set. */
export function pemFile(name: string, { meaning }: { readonly meaning: string }): Setting<string | null> {
  return {
    kind: "setting",
    name,
    meaning,
    expected: "the path of a PEM file",
    absence: { kind: "null" },
    source: "path",
    schema: z.string().regex(/-----BEGIN [A-Z0-9 ]+-----/),
  };
}
