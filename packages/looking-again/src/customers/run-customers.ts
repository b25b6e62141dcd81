import { hash } from "node:crypto";

import { type Policy, toAlert } from "@cordon/decisions";
import { CordonError } from "@cordon/errors";
import type { IndexManifest, IndexStore } from "@cordon/index-store";
import type { OutRecord, Producer } from "@cordon/kafka";
import { compileSnapshot, type Designation, openSnapshot, type ScreeningIndex } from "@cordon/matching";
import { type IndexGeneration, generationOf, type OutputFormat } from "@cordon/screening";

import { type ChangedEntries, changedEntries } from "../changes/changed-entries.ts";
import { comparedIndexes } from "../changes/compared-indexes.ts";
import type { Hit, LookedAgain } from "../changes/new-findings.ts";
import { type Customer, type CustomerRead, customerToScreen, type Refused } from "./customer.ts";
import type { KeptCustomers, KeptState } from "./kept-customers.ts";
import {
  type CustomerCounts,
  newCustomerCounts,
  type ScreenCustomer,
  screenChanges,
  screenInFull,
} from "./screen-customers.ts";

/** Where alerts on customers go. */
export interface CustomerSink {
  readonly producer: Pick<Producer, "send">;
  readonly format: OutputFormat;
}

export interface RescreenCustomersPorts {
  readonly store: Pick<IndexStore, "versions" | "load">;
  /** Opens and checks a snapshot. Throws SNAPSHOT_INVALID. */
  readonly open: (snapshot: Uint8Array) => ScreeningIndex;
  /** A version that the store keeps no more, by its hash; null where it is nowhere. */
  readonly archived?: (version: string) => Promise<Uint8Array | null>;
  readonly indexOf?: (designations: readonly Designation[]) => ScreeningIndex;
  readonly clock: () => number;
}

export interface RescreenCustomersOptions {
  readonly policy: Policy;
  /** Customers to screen; null: the kept ones. */
  readonly customers: AsyncIterable<readonly CustomerRead[]> | null;
  /** Null: nothing is kept, and all are screened in full. */
  readonly kept: KeptCustomers | null;
  /** All in full, whatever was screened before. */
  readonly full: boolean;
  /** Null: nothing is written, nor kept. */
  readonly sink: CustomerSink | null;
  readonly onFound?: (customer: Customer, hit: Hit) => void;
  readonly onRefused?: (refused: Refused) => void;
  readonly onProgress?: (counts: CustomerCounts) => void;
}

export interface RescreenCustomersReport {
  readonly index: Pick<IndexManifest, "version" | "generation">;
  readonly counts: CustomerCounts;
  /** Null: every customer was screened in full, for this reason. */
  readonly changes: Pick<ChangedEntries, "added" | "amended"> | null;
  readonly whyInFull: string | null;
}

/**
 * Screens customers: in full those that are new or changed, all of them at first and when the engine or the policy is another; the others
 * against the entries that changed since. An alert is written for what is new; a customer's decision is nobody's to make. What is
 * kept is replaced at the end, when all alerts are acknowledged: a run that was broken off is done again, under the same ids.
 */
export async function rescreenCustomers(
  ports: RescreenCustomersPorts,
  options: RescreenCustomersOptions,
): Promise<RescreenCustomersReport> {
  const { store, open } = ports;
  const live = (await store.versions())[0]?.manifest;
  if (live === undefined) throw new CordonError("INDEX_ABSENT", "nothing was ever published: start list-sync");
  const index = open(await store.load(live));
  const generation = generationOf(live, index);
  const basis = await basisOf(ports, { ...options, generation });
  const indexOf = ports.indexOf ?? ((designations) => openSnapshot(compileSnapshot(designations)));
  const inFull = screenInFull(index, indexOf([]), options.policy);
  const before = basis.kind === "changes" ? (options.kept?.state?.notScreened ?? []) : [];
  const pass = newPass(options, { generation, clock: ports.clock, inFull, before: new Set(before) });
  const state = {
    indexVersion: live.version,
    generation: live.generation,
    engineVersion: index.engineVersion,
    policyVersion: options.policy.version,
    at: ports.clock(),
  };
  if (basis.kind === "changes") {
    const changes = screenChanges(comparedIndexes(basis.entries, indexOf), options.policy);
    await passOver(options, { pass, changes, state });
  } else await passOver(options, { pass, changes: null, state });
  return {
    index: { version: live.version, generation: live.generation },
    counts: pass.counts,
    changes: basis.kind === "changes" ? { added: basis.entries.added, amended: basis.entries.amended } : null,
    whyInFull: basis.kind === "changes" ? null : basis.why,
  };
}

type Basis =
  | { readonly kind: "changes"; readonly entries: ChangedEntries }
  | { readonly kind: "all"; readonly why: string };

function all(why: string): Basis {
  return { kind: "all", why };
}

async function basisOf(
  ports: RescreenCustomersPorts,
  { kept, full, policy, generation }: RescreenCustomersOptions & { readonly generation: IndexGeneration },
): Promise<Basis> {
  if (full) return all("it was asked for");
  if (kept === null) return all("they are not kept");
  const { state } = kept;
  if (state === null) return all("none were kept before");
  if (state.engineVersion !== generation.index.engineVersion) return all("the engine is another one");
  if (state.policyVersion !== policy.version) return all("the policy is another one");
  if (state.notScreened === null) return all("it is not known who of them could not be screened");
  const after = [...generation.index.designations()];
  if (state.indexVersion === generation.manifest.version)
    return { kind: "changes", entries: changedEntries(after, after) };
  const bytes = await versionBytes(ports, state.indexVersion);
  if (bytes === null) return all("the index that they were screened against is not kept any more");
  return { kind: "changes", entries: changedEntries([...ports.open(bytes).designations()], after) };
}

async function versionBytes({ store, archived }: RescreenCustomersPorts, version: string): Promise<Uint8Array | null> {
  const kept = (await store.versions()).find(({ manifest }) => manifest.version === version);
  if (kept !== undefined) return await store.load(kept.manifest);
  return (await archived?.(version)) ?? null;
}

interface Pass {
  readonly counts: CustomerCounts;
  /** Null: in full, as are those that could not be screened before: what is known of them is nothing. */
  screen(customers: readonly Customer[], changes: ScreenCustomer | null): Promise<void>;
  refuse(refused: Refused): void;
  /** Ids of those that could not be screened; null: too many to tell. */
  notScreened(): readonly string[] | null;
}

/** More than that, and all are screened in full the next time. */
const mostNotScreened = 100_000;

interface PassDeps {
  readonly generation: IndexGeneration;
  readonly clock: () => number;
  readonly inFull: ScreenCustomer;
  /** Ids of those that could not be screened before. */
  readonly before: ReadonlySet<string>;
}

function newPass(
  { sink, policy, onFound, onRefused, onProgress }: RescreenCustomersOptions,
  { generation, clock, inFull, before }: PassDeps,
): Pass {
  const counts = newCustomerCounts();
  const notScreened: string[] = [];
  let tooMany = false;
  const look = (customer: Customer, changes: ScreenCustomer | null): LookedAgain => {
    counts.customers += 1;
    const how = changes !== null && !before.has(customer.id) ? changes : inFull;
    if (how === inFull) counts.inFull += 1;
    const looked = how(customer);
    if (looked.kind !== "not-screened") return looked;
    counts.notScreened[looked.reason] = (counts.notScreened[looked.reason] ?? 0) + 1;
    if (notScreened.length < mostNotScreened) notScreened.push(customer.id);
    else tooMany = true;
    return looked;
  };
  return {
    counts,
    notScreened: () => (tooMany ? null : notScreened),
    async screen(customers, changes) {
      const alerts: OutRecord[] = [];
      for (const customer of customers) {
        const looked = look(customer, changes);
        if (looked.kind !== "found") continue;
        counts.found += 1;
        counts.matches += looked.hit.matches.length;
        onFound?.(customer, looked.hit);
        if (sink !== null)
          alerts.push(alertOn(customer, looked.hit, { format: sink.format, generation, policy, at: clock() }));
      }
      if (alerts.length > 0 && sink !== null) await sink.producer.send(alerts);
      onProgress?.(counts);
    },
    refuse(refused) {
      counts.refused += 1;
      onRefused?.(refused);
    },
  };
}

function alertOn(
  customer: Customer,
  hit: Hit,
  {
    format,
    generation,
    policy,
    at,
  }: {
    readonly format: OutputFormat;
    readonly generation: IndexGeneration;
    readonly policy: Policy;
    readonly at: number;
  },
): OutRecord {
  const event = customerToScreen(customer);
  const alert = toAlert(hit, event, {
    source: { topic: "", partition: -1, offset: -1n },
    index: generation.stamp,
    engineVersion: generation.index.engineVersion,
    policyVersion: policy.version,
    at,
  });
  const { encoder, schemaId } = format.alerts;
  const value = encoder.encode({ ...alert, origin: "CUSTOMER", customerId: customer.id, money: null }, schemaId);
  return { topic: format.topics.alerts, key: Buffer.from(event.eventId, "utf8"), value };
}

interface Over {
  readonly pass: Pass;
  /** Null: all in full. */
  readonly changes: ScreenCustomer | null;
  readonly state: Omit<KeptState, "customers" | "contentHash" | "notScreened">;
}

async function passOver(options: RescreenCustomersOptions, over: Over): Promise<void> {
  if (options.customers !== null) await passOverFile(options.customers, options, over);
  else await passOverKept(options, over);
}

async function passOverKept({ kept, sink }: RescreenCustomersOptions, over: Over): Promise<void> {
  if (kept?.state == null)
    throw new CordonError("OPTIONS_INVALID", "no customers are kept under this name: give their file");
  const { pass, changes, state } = over;
  for await (const customers of kept.read()) await pass.screen(customers, changes);
  if (sink !== null) await kept.confirm({ ...state, notScreened: pass.notScreened() });
}

async function passOverFile(
  file: AsyncIterable<readonly CustomerRead[]>,
  { kept, sink }: RescreenCustomersOptions,
  over: Over,
): Promise<void> {
  const { pass, changes } = over;
  const known = kept === null || changes === null ? null : await hashesOf(kept);
  const writer = kept === null || sink === null ? null : await kept.write();
  try {
    for await (const read of file) {
      const customers = customersIn(read, pass);
      const isKnown = (customer: Customer): boolean => known?.get(keyOfId(customer.id)) === hashOfCustomer(customer);
      const [same, changed] =
        known === null ? [[], customers] : [customers.filter(isKnown), customers.filter((one) => !isKnown(one))];
      if (same.length > 0) await pass.screen(same, changes);
      if (changed.length > 0) await pass.screen(changed, null);
      await writer?.add(customers);
    }
    await writer?.finish({ ...over.state, notScreened: pass.notScreened() });
  } catch (error) {
    await writer?.abandon();
    throw error;
  }
}

function customersIn(read: readonly CustomerRead[], pass: Pass): readonly Customer[] {
  const customers: Customer[] = [];
  for (const one of read)
    if (one.kind === "customer") customers.push(one.customer);
    else pass.refuse(one.refused);
  return customers;
}

/** Of each kept customer by his id what he is, in numbers: a million of them in some 50 MB. */
async function hashesOf(kept: KeptCustomers): Promise<ReadonlyMap<number, number>> {
  const hashes = new Map<number, number>();
  for await (const customers of kept.read())
    for (const customer of customers) {
      const key = keyOfId(customer.id);
      // Two ids of one number: neither is known, and both are screened in full.
      hashes.set(key, hashes.has(key) ? -1 : hashOfCustomer(customer));
    }
  return hashes;
}

function keyOfId(id: string): number {
  return hash48(id);
}

function hashOfCustomer(customer: Customer): number {
  return hash48(JSON.stringify(customer));
}

function hash48(text: string): number {
  return hash("sha256", text, "buffer").readUIntBE(0, 6);
}
