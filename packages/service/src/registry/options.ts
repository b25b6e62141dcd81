import { CordonError } from "@cordon/errors";

import type { Credentials } from "../config/shared-settings.ts";

/** What is read again when its file changes. */
export interface RegistrySecrets {
  readonly auth?: Credentials | null;
  readonly ca?: string | null;
  readonly cert?: string | null;
  readonly key?: string | null;
}

/** How to reach the registry. What `registryConfig` yields fits. Times are in milliseconds. */
export interface SchemaRegistryOptions {
  /** With its path, if it has one: `https://registry.example/apis/ccompat/v7`. */
  readonly url: string;
  readonly auth?: Credentials | null;
  /** PEM texts: the authorities to trust (`null`: Node's own list), and a certificate of ours with its key. */
  readonly ca?: string | null;
  readonly cert?: string | null;
  readonly key?: string | null;
  /** `auth` and the PEM texts as they are now, where they follow their files. Default: as they were at the start. */
  readonly secrets?: () => RegistrySecrets;
  /** False: schemas are looked up where they should be registered. */
  readonly registers?: boolean;
  /** How long one request may take in all. */
  readonly timeout?: number;
  /** How many schemas are remembered. */
  readonly maxSchemas?: number;
  /** How long it is remembered that an id is unknown, and for how many ids. */
  readonly unknownTtl?: number;
  readonly maxUnknown?: number;
  /** Milliseconds since any fixed moment; for tests. */
  readonly now?: () => number;
}

export type CompiledRegistryOptions = Readonly<Required<Omit<SchemaRegistryOptions, "url">>> & { readonly url: URL };

/** Fills in the defaults. Throws OPTIONS_INVALID. */
export function compileRegistryOptions(options: SchemaRegistryOptions): CompiledRegistryOptions {
  const url = URL.parse(options.url);
  if (url === null || !(url.protocol === "http:" || url.protocol === "https:"))
    throw new CordonError("OPTIONS_INVALID", "the schema registry's address must be an http: or https: URL");
  const compiled = {
    url,
    auth: options.auth ?? null,
    ca: options.ca ?? null,
    cert: options.cert ?? null,
    key: options.key ?? null,
    secrets: options.secrets ?? (() => options),
    registers: options.registers ?? true,
    timeout: options.timeout ?? 5_000,
    maxSchemas: options.maxSchemas ?? 1_000,
    unknownTtl: options.unknownTtl ?? 30_000,
    maxUnknown: options.maxUnknown ?? 10_000,
    now: options.now ?? (() => performance.now()),
  };
  for (const name of ["timeout", "maxSchemas", "unknownTtl", "maxUnknown"] as const)
    if (!(Number.isInteger(compiled[name]) && compiled[name] >= 1))
      throw new CordonError("OPTIONS_INVALID", `${name} must be a positive integer`);
  return Object.freeze(compiled);
}
