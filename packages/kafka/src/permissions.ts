import { CordonError } from "@cordon/errors";

/** Operations as Kafka's authorizer names them. */
export type Operation = "Read" | "Write" | "Describe" | "DescribeConfigs";

/** What a service must be allowed to do with one resource. */
export interface Need {
  readonly kind: "topic" | "group" | "transactional id";
  readonly name: string;
  readonly operations: readonly Operation[];
  /** A topic that others make: without it the service waits. Else it is made where it is missing. */
  readonly mustExist?: boolean;
}

/** What of a need is not met. */
export interface Gap {
  readonly kind: Need["kind"];
  readonly name: string;
  readonly operations: readonly Operation[];
}

const spelled: Readonly<Record<Operation, string>> = {
  Read: "Read",
  Write: "Write to",
  Describe: "Describe",
  DescribeConfigs: "DescribeConfigs of",
};

const spell = ({ kind, name, operations }: Gap): string =>
  `${operations.map((operation) => spelled[operation]).join(" and ")} ${kind} ${name}`;

/** Every gap in one message: who may not do what with which resource. */
export function forbidden(
  gaps: readonly Gap[],
  { brokers, who, worked }: { readonly brokers: readonly string[]; readonly who: string; readonly worked: boolean },
): CordonError {
  const all = gaps.map(spell);
  return new CordonError(
    worked ? "KAFKA_REFUSED" : "CONFIG_INVALID",
    `Kafka at ${brokers.join(", ")}: ${who} may not ${all.join("; may not ")}. Allow it (docs/security.md has the table)`,
    { details: { gaps: all } },
  );
}

/** Topics that nobody made and that this user may not make. */
export function topicsAbsent(topics: readonly string[], who: string): CordonError {
  const noun =
    topics.length === 1 ? `topic ${topics.join()} does not exist` : `topics ${topics.join(", ")} do not exist`;
  return new CordonError(
    "TOPIC_ABSENT",
    `${noun}, and ${who} may not create ${topics.length === 1 ? "it" : "them"}: create ${topics.length === 1 ? "it" : "them"}, or allow it`,
    { details: { topics } },
  );
}
