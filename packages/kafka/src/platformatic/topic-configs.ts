import { ConfigResourceTypes, describeConfigsV4 } from "@platformatic/kafka";

import { answerMs, type Cluster } from "./cluster.ts";

/** As old as other knowledge of topics may get. */
const maxAgeMs = 300_000;

interface Entry {
  readonly bytes: Promise<number | null>;
  readonly at: number;
}

const known = new WeakMap<Cluster, Map<string, Entry>>();

/** The largest batch that the topic takes; null where this user may not know, or nobody answers. Remembered for some minutes. */
export function maxMessageBytesOf(cluster: Cluster, topic: string): Promise<number | null> {
  const entries = known.get(cluster) ?? new Map<string, Entry>();
  known.set(cluster, entries);
  const entry = entries.get(topic);
  if (entry !== undefined && performance.now() - entry.at < maxAgeMs) return entry.bytes;
  const bytes = ask(cluster, topic).catch(() => null);
  entries.set(topic, { bytes, at: performance.now() });
  return bytes;
}

async function ask(cluster: Cluster, topic: string): Promise<number | null> {
  const [entry] = await topicConfigs(cluster, topic, ["max.message.bytes"]);
  const value = Number(entry?.value ?? Number.NaN);
  return Number.isFinite(value) ? value : null;
}

/** Settings of a topic, by their names. */
export async function topicConfigs(
  cluster: Cluster,
  topic: string,
  names: readonly string[],
): Promise<readonly { readonly name: string; readonly value?: string | null | undefined }[]> {
  const resource = {
    resourceType: ConfigResourceTypes.TOPIC,
    resourceName: topic,
    configurationKeys: [...names],
  };
  const { results } = await cluster.ask(
    (connection) => describeConfigsV4.api.async(connection, [resource], false, false),
    { lane: "control", broker: "any", within: answerMs },
  );
  return results[0]?.configs ?? [];
}
