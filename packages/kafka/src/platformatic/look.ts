import { CordonError } from "@cordon/errors";
import {
  type Broker,
  ConfigResourceTypes,
  describeConfigsV4,
  describeGroupsV5,
  endTxnV3,
  findCoordinatorV4,
  FindCoordinatorKeyTypes,
  metadataV12,
} from "@platformatic/kafka";

import { retrying } from "../deadline.ts";
import type { CompiledKafkaOptions } from "../options.ts";
import { forbidden, type Gap, type Need, type Operation, topicsAbsent } from "../permissions.ts";
import { connectionNotSecured } from "../told-errors.ts";
import { answerMs, type Cluster, codeName, createCluster } from "./cluster.ts";
import { BrokerError, codesOf, protocolError } from "./protocol-errors.ts";
import { anySpeaksTls } from "./speaks-tls.ts";

/** The bit of each operation in the sets of `authorized_operations` (Kafka's `AclOperation`). */
const bits: Readonly<Record<Operation, number>> = { Read: 3, Write: 4, Describe: 8, DescribeConfigs: 10 };
/** A broker that does not say. */
const untold = -2_147_483_648;

/**
 * Connects, proves who it is, and asks the brokers what this user may do, before anything is begun: the same look for both
 * adapters, so that the same cause has the same words. A broker without an authorizer allows everything.
 * Rejects with CONFIG_INVALID (KAFKA_REFUSED once this client was let in) naming every gap, TOPIC_ABSENT, TLS_FAILED,
 * TOKEN_UNAVAILABLE or KAFKA_UNAVAILABLE.
 */
export async function look(options: CompiledKafkaOptions, needs: readonly Need[]): Promise<void> {
  const cluster = createCluster(options);
  try {
    await cluster.connect();
    const topics = needs.filter(({ kind }) => kind === "topic");
    const { gaps, absent } = await lookAtTopics(cluster, topics);
    for (const need of needs) {
      if (need.kind === "group") gaps.push(...(await lookAtGroup(cluster, need)));
      if (need.kind === "transactional id") gaps.push(...(await lookAtTransactionalId(cluster, need)));
    }
    const who = options.credentials.who();
    const { brokers, credentials } = options;
    if (gaps.length > 0) throw forbidden(gaps, { brokers, who, worked: credentials.worked });
    credentials.worked = true;
    if (absent.length > 0) throw topicsAbsent(absent, who);
  } catch (error) {
    const told = protocolError(error, doing, options);
    const isPlain =
      options.credentials.tls === null && told instanceof CordonError && told.code === "KAFKA_UNAVAILABLE";
    // A broker that expects TLS hangs up without a word: ask it whether it does.
    if (isPlain && (await anySpeaksTls(options.brokers)))
      throw connectionNotSecured(
        { ...options, doing, reason: "", cause: error },
        "one side speaks TLS and the other does not: the broker does, and KAFKA_TLS is false",
      );
    throw told;
  } finally {
    await cluster.close();
  }
}

const doing = "looking at what this user may do";

async function lookAtTopics(
  cluster: Cluster,
  needs: readonly Need[],
): Promise<{ readonly gaps: Gap[]; readonly absent: readonly string[] }> {
  if (needs.length === 0) return { gaps: [], absent: [] };
  const answer = await cluster.ask(
    (connection) =>
      metadataV12.api
        .async(
          connection,
          needs.map(({ name }) => name),
          false,
          true,
        )
        .catch(answerOf<metadataV12.MetadataResponse>),
    { lane: "control", broker: "any", within: answerMs },
  );
  const found = new Map(answer.topics.map((topic) => [topic.name, topic]));
  const gaps: Gap[] = [];
  const absent: string[] = [];
  for (const need of needs) {
    const topic = found.get(need.name);
    const code = codeName(topic?.errorCode ?? 0);
    if (code === "TOPIC_AUTHORIZATION_FAILED") gaps.push(gapOf(need, await withoutGranted(cluster, need)));
    else if (code === "UNKNOWN_TOPIC_OR_PARTITION" || topic === undefined) {
      if (need.mustExist === true) absent.push(need.name);
    } else gaps.push(...missing(need, topic.topicAuthorizedOperations));
  }
  return { gaps, absent };
}

/** A topic that may not be described hides what else may be done with it; the look at its settings can be tried. */
async function withoutGranted(cluster: Cluster, { name, operations }: Need): Promise<readonly Operation[]> {
  if (!operations.includes("DescribeConfigs")) return operations;
  const resource = {
    resourceType: ConfigResourceTypes.TOPIC,
    resourceName: name,
    configurationKeys: ["cleanup.policy"],
  };
  try {
    await cluster.ask((connection) => describeConfigsV4.api.async(connection, [resource], false, false), {
      lane: "control",
      broker: "any",
      within: answerMs,
    });
    return operations.filter((operation) => operation !== "DescribeConfigs");
  } catch {
    return operations;
  }
}

/** The coordinator of a group that is new may have to be made first. */
const untilThere = {
  pauses: [100, 200, 400, 800, 1_600],
  isPassing: (error: unknown): boolean =>
    codesOf(error).some((code) => code === "COORDINATOR_NOT_AVAILABLE" || code === "COORDINATOR_LOAD_IN_PROGRESS"),
} as const;

async function lookAtGroup(cluster: Cluster, need: Need): Promise<readonly Gap[]> {
  return refusedAs(need, "GROUP_AUTHORIZATION_FAILED", async () => {
    const { groups } = await retrying(async () => {
      const broker = await coordinator(cluster, "GROUP", need.name);
      return cluster.ask((connection) => describeGroupsV5.api.async(connection, [need.name], true), {
        lane: "control",
        broker,
        within: answerMs,
      });
    }, untilThere);
    return missing(need, groups[0]?.authorizedOperations ?? untold);
  });
}

/**
 * Nothing tells what may be done with a transactional id but trying: an end of a transaction by a producer that never was is
 * checked for the permission first, and then refused.
 */
async function lookAtTransactionalId(cluster: Cluster, need: Need): Promise<readonly Gap[]> {
  return refusedAs(need, "TRANSACTIONAL_ID_AUTHORIZATION_FAILED", () =>
    retrying(async () => {
      const broker = await coordinator(cluster, "TRANSACTION", need.name);
      try {
        await cluster.ask((connection) => endTxnV3.api.async(connection, need.name, -1n, -1, false), {
          lane: "control",
          broker,
          within: answerMs,
        });
      } catch (error) {
        if (!codesOf(error).some((code) => nobody.has(code))) throw error;
      }
      return [];
    }, untilThere),
  );
}

/** What a coordinator says of a producer that it does not know. */
const nobody = new Set([
  "INVALID_PRODUCER_ID_MAPPING",
  "INVALID_PRODUCER_EPOCH",
  "PRODUCER_FENCED",
  "INVALID_TXN_STATE",
  "INVALID_REQUEST",
]);

async function coordinator(cluster: Cluster, kind: "GROUP" | "TRANSACTION", key: string): Promise<Broker> {
  const { coordinators } = await cluster.ask(
    (connection) =>
      findCoordinatorV4.api
        .async(connection, FindCoordinatorKeyTypes[kind], [key])
        .catch(answerOf<findCoordinatorV4.FindCoordinatorResponse>),
    { lane: "control", broker: "any", within: answerMs },
  );
  const found = coordinators.find((one) => one.key === key);
  if (found === undefined || found.errorCode !== 0)
    throw new BrokerError(codeName(found?.errorCode ?? 15), `${kind.toLowerCase()} ${key}`);
  return { host: found.host, port: found.port };
}

async function refusedAs(need: Need, code: string, work: () => Promise<readonly Gap[]>): Promise<readonly Gap[]> {
  try {
    return await work();
  } catch (error) {
    if (codesOf(error).includes(code)) return [gapOf(need, need.operations)];
    throw error;
  }
}

/** Read and Write imply Describe; a set that is not told is taken for all. */
function missing(need: Need, operations: number): readonly Gap[] {
  if (operations === untold) return [];
  const lacking = need.operations.filter((operation) => (operations & (1 << bits[operation])) === 0);
  return lacking.length === 0 ? [] : [gapOf(need, lacking)];
}

const gapOf = ({ kind, name }: Need, operations: readonly Operation[]): Gap => ({ kind, name, operations });

/** One entry's fault spoils the whole answer for the library; each entry carries its own. */
function answerOf<T>(error: unknown): T {
  const { response } = error as { readonly response?: T };
  if (response === undefined) throw error;
  return response;
}
