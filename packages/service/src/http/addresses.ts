import { readFileSync, renameSync, writeFileSync } from "node:fs";

import { CordonError } from "@cordon/errors";

/** What a service wrote of itself to ADDRESSES_FILE, for whoever started it. */
export interface Addresses {
  readonly pid: number;
  /** By what is served there: `http` for probes and metrics, `gateway`, `desk`. */
  readonly urls: Readonly<Record<string, string>>;
}

/** What this process has noted, by its file: a number of a process says nothing, for in a container each is number 1. */
const noted = new Map<string, Addresses["urls"]>();

/**
 * Notes an address beside those that this process noted before, in one step: a reader never sees half a file. What another process
 * left there is replaced. Does nothing without a file; throws CONFIG_INVALID where it cannot be written.
 */
export function noteAddress(file: string | null, name: string, url: string): void {
  if (file === null) return;
  const urls = { ...noted.get(file), [name]: url };
  noted.set(file, urls);
  const addresses: Addresses = { pid: process.pid, urls };
  const draft = `${file}.${String(process.pid)}`;
  try {
    writeFileSync(draft, `${JSON.stringify(addresses)}\n`);
    renameSync(draft, file);
  } catch (cause) {
    throw new CordonError("CONFIG_INVALID", "ADDRESSES_FILE cannot be written", { cause });
  }
}

/** Null while no service has written it, or where it is none of ours. */
export function readAddresses(file: string): Addresses | null {
  try {
    const { pid, urls } = JSON.parse(readFileSync(file, "utf8")) as Partial<Addresses>;
    return typeof pid === "number" && typeof urls === "object" && urls !== null ? { pid, urls } : null;
  } catch {
    return null;
  }
}
