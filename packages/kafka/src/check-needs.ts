import { CordonError } from "@cordon/errors";

import { connectionNotSecured, type KafkaAbout } from "./client-errors.ts";
import { sleep } from "./deadline.ts";
import type { CompiledKafkaOptions } from "./options.ts";
import { forbidden, type Gap, type Need, type Operation, topicsAbsent } from "./permissions.ts";
import { anySpeaksTls } from "./speaks-tls.ts";

/** What a broker says of one resource. */
export interface Told {
  /** The protocol's number for what is wrong; 0: nothing. */
  readonly code: number;
  /** The set of operations that this user is allowed, as `authorized_operations` has it. */
  readonly operations: number;
}

/** How an adapter asks what its user may do. Every method rejects as the network does. */
export interface PermissionAsker {
  topics(names: readonly string[]): Promise<ReadonlyMap<string, Told>>;
  /** The code of a look at a topic's settings. */
  settings(topic: string): Promise<number>;
  group(id: string): Promise<Told>;
  /**
   * Nothing tells what may be done with a transactional id but trying: the code of an end of a transaction by a producer that
   * never was, which is checked for the permission first, and then refused.
   */
  transactionalId(id: string): Promise<number>;
  close(): Promise<void>;
}

export interface Permissions {
  /** Connects, and proves who it is. */
  open(options: CompiledKafkaOptions): Promise<PermissionAsker>;
  /** An error of the library in Cordon's words; `doing` completes the sentence "while …". */
  known(error: unknown, doing: string, about: KafkaAbout): Error;
  /** A code of the protocol as the library's error. */
  errorOf(code: number, about: string): Error;
}

/** Numbers of the protocol. */
const codes = {
  unknownTopic: 3,
  coordinatorLoading: 14,
  coordinatorNotAvailable: 15,
  notCoordinator: 16,
  topicRefused: 29,
  groupRefused: 30,
  invalidRequest: 42,
  invalidProducerEpoch: 47,
  invalidTransactionState: 48,
  invalidProducerIdMapping: 49,
  transactionalIdRefused: 53,
  producerFenced: 90,
} as const;

/** What a coordinator says of a producer that it does not know. */
const nobody: ReadonlySet<number> = new Set([
  0,
  codes.invalidRequest,
  codes.invalidProducerEpoch,
  codes.invalidTransactionState,
  codes.invalidProducerIdMapping,
  codes.producerFenced,
]);

/** What is said while the coordinator of a group that is new has to be made first. */
const making: ReadonlySet<number> = new Set([
  codes.coordinatorLoading,
  codes.coordinatorNotAvailable,
  codes.notCoordinator,
]);

/** The bit of each operation in the sets of `authorized_operations` (Kafka's `AclOperation`). */
const bits: Readonly<Record<Operation, number>> = { Read: 3, Write: 4, Describe: 8, DescribeConfigs: 10 };
/** A broker that does not say. */
const untold = -2_147_483_648;

const doing = "looking at what this user may do";

/**
 * Connects, proves who it is, and asks the brokers what this user may do, before anything is begun. A broker without an
 * authorizer allows everything. Rejects with CONFIG_INVALID (KAFKA_REFUSED once this client was let in) naming every gap,
 * TOPIC_ABSENT, TLS_FAILED, TOKEN_UNAVAILABLE or KAFKA_UNAVAILABLE.
 */
export async function checkNeeds(
  options: CompiledKafkaOptions,
  needs: readonly Need[],
  through: Permissions,
): Promise<void> {
  const { brokers, credentials } = options;
  try {
    const { gaps, absent } = await lookAt(options, needs, through);
    const who = credentials.who();
    if (gaps.length > 0) throw forbidden(gaps, { brokers, who, worked: credentials.worked });
    credentials.worked = true;
    if (absent.length > 0) throw topicsAbsent(absent, who);
  } catch (error) {
    const told = through.known(error, doing, options);
    const isPlain = credentials.tls === null && told instanceof CordonError && told.code === "KAFKA_UNAVAILABLE";
    // A broker that expects TLS hangs up without a word: ask it whether it does.
    if (isPlain && (await anySpeaksTls(brokers)))
      throw connectionNotSecured(
        { ...options, doing, reason: "", cause: error },
        "one side speaks TLS and the other does not: the broker does, and KAFKA_TLS is false",
      );
    throw told;
  }
}

interface Look {
  readonly gaps: readonly Gap[];
  readonly absent: readonly string[];
}

async function lookAt(options: CompiledKafkaOptions, needs: readonly Need[], through: Permissions): Promise<Look> {
  const asker = await through.open(options);
  try {
    const { gaps, absent } = await lookAtTopics(
      asker,
      needs.filter(({ kind }) => kind === "topic"),
    );
    const others: Gap[] = [];
    for (const need of needs) others.push(...(await lookAtOther(asker, need, through)));
    return { gaps: [...gaps, ...others], absent };
  } finally {
    await asker.close().catch(() => undefined);
  }
}

async function lookAtTopics(asker: PermissionAsker, needs: readonly Need[]): Promise<Look> {
  const gaps: Gap[] = [];
  const absent: string[] = [];
  const found = needs.length === 0 ? new Map<string, Told>() : await asker.topics(needs.map(({ name }) => name));
  for (const need of needs) {
    const { code, operations } = found.get(need.name) ?? { code: codes.unknownTopic, operations: untold };
    if (code === codes.topicRefused) gaps.push(gapOf(need, await withoutGranted(asker, need)));
    else if (code !== codes.unknownTopic) gaps.push(...missing(need, operations));
    else if (need.mustExist === true) absent.push(need.name);
  }
  return { gaps, absent };
}

/** A topic that may not be described hides what else may be done with it; the look at its settings can be tried. */
async function withoutGranted(asker: PermissionAsker, { name, operations }: Need): Promise<readonly Operation[]> {
  const mayLook = operations.includes("DescribeConfigs") && (await asker.settings(name).catch(() => -1)) === 0;
  return mayLook ? operations.filter((operation) => operation !== "DescribeConfigs") : operations;
}

async function lookAtOther(asker: PermissionAsker, need: Need, through: Permissions): Promise<readonly Gap[]> {
  const { kind, name } = need;
  if (kind === "topic") return [];
  const { code, operations } = await untilMade(async () =>
    kind === "group" ? asker.group(name) : { code: await asker.transactionalId(name), operations: untold },
  );
  if (code === codes.groupRefused || code === codes.transactionalIdRefused) return [gapOf(need, need.operations)];
  if (kind === "group" ? code !== 0 : !nobody.has(code)) throw through.errorOf(code, `${kind} ${name}`);
  return missing(need, operations);
}

async function untilMade(ask: () => Promise<Told>): Promise<Told> {
  for (const pause of [100, 200, 400, 800, 1_600]) {
    const told = await ask();
    if (!making.has(told.code)) return told;
    await sleep(pause);
  }
  return ask();
}

/** Read and Write imply Describe; a set that is not told is taken for all. */
function missing(need: Need, operations: number): readonly Gap[] {
  if (operations === untold) return [];
  const lacking = need.operations.filter((operation) => (operations & (1 << bits[operation])) === 0);
  return lacking.length === 0 ? [] : [gapOf(need, lacking)];
}

const gapOf = ({ kind, name }: Need, operations: readonly Operation[]): Gap => ({ kind, name, operations });
