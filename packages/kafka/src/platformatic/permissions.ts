import {
  type Broker,
  describeGroupsV5,
  endTxnV3,
  findCoordinatorV4,
  FindCoordinatorKeyTypes,
  metadataV12,
} from "@platformatic/kafka";

import type { PermissionAsker, Permissions } from "../check-needs.ts";
import { answerMs, codeName, createCluster } from "./cluster.ts";
import { BrokerError, protocolError } from "./protocol-errors.ts";
import { topicConfigs } from "./topic-configs.ts";

const control = { lane: "control", within: answerMs } as const;

/** What this user may do, asked by requests of the library. */
export const permissions: Permissions = {
  known: protocolError,
  errorOf: (code, about) => new BrokerError(codeName(code), about),
  async open(options) {
    const cluster = createCluster(options);
    const coordinator = async (kind: "GROUP" | "TRANSACTION", key: string): Promise<Broker | number> => {
      const { coordinators } = await cluster.ask(
        (connection) =>
          findCoordinatorV4.api
            .async(connection, FindCoordinatorKeyTypes[kind], [key])
            .catch(answerOf<findCoordinatorV4.FindCoordinatorResponse>),
        { ...control, broker: "any" },
      );
      const found = coordinators.find((one) => one.key === key);
      return found?.errorCode === 0 ? { host: found.host, port: found.port } : (found?.errorCode ?? notAvailable);
    };
    const asker: PermissionAsker = {
      async topics(names) {
        const { topics } = await cluster.ask(
          (connection) =>
            metadataV12.api.async(connection, [...names], false, true).catch(answerOf<metadataV12.MetadataResponse>),
          { ...control, broker: "any" },
        );
        return new Map(
          topics.map(({ name, errorCode, topicAuthorizedOperations }) => [
            name ?? "",
            { code: errorCode, operations: topicAuthorizedOperations },
          ]),
        );
      },
      async settings(topic) {
        await topicConfigs(cluster, topic, ["cleanup.policy"]);
        return 0;
      },
      async group(id) {
        const broker = await coordinator("GROUP", id);
        if (typeof broker === "number") return { code: broker, operations: 0 };
        const { groups } = await cluster.ask(
          (connection) =>
            describeGroupsV5.api.async(connection, [id], true).catch(answerOf<describeGroupsV5.DescribeGroupsResponse>),
          { ...control, broker },
        );
        return { code: groups[0]?.errorCode ?? notAvailable, operations: groups[0]?.authorizedOperations ?? 0 };
      },
      async transactionalId(id) {
        const broker = await coordinator("TRANSACTION", id);
        if (typeof broker === "number") return broker;
        const { errorCode } = await cluster.ask(
          (connection) => endTxnV3.api.async(connection, id, -1n, -1, false).catch(answerOf<endTxnV3.EndTxnResponse>),
          { ...control, broker },
        );
        return errorCode;
      },
      close: () => cluster.close(),
    };
    try {
      await cluster.connect();
      return asker;
    } catch (error) {
      await cluster.close();
      throw error;
    }
  },
};

const notAvailable = 15;

/** One entry's fault spoils the whole answer for the library; each entry carries its own. */
function answerOf<T>(error: unknown): T {
  const { response } = error as { readonly response?: T };
  if (response === undefined) throw error;
  return response;
}
