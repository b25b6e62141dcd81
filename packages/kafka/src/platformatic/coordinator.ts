import { type Broker, type Connection, findCoordinatorV4, FindCoordinatorKeyTypes } from "@platformatic/kafka";

import { answerMs, type Cluster, type Lane } from "./cluster.ts";
import { BrokerError, codesOf } from "./protocol-errors.ts";

/** The broker that looks after one group or one transactional id. */
export interface Coordinator {
  /** One request to it. Looks for it first, and again after it was unreachable or said that it is another one. */
  readonly ask: <T>(
    call: (connection: Connection) => Promise<T>,
    options?: { readonly within?: number; readonly lane?: Lane },
  ) => Promise<T>;
}

export interface CoordinatorOptions {
  readonly kind: "group" | "transaction";
  readonly key: string;
  readonly lane: Lane;
}

const keyTypes = { group: FindCoordinatorKeyTypes.GROUP, transaction: FindCoordinatorKeyTypes.TRANSACTION } as const;

const movedCodes = new Set(["NOT_COORDINATOR", "COORDINATOR_NOT_AVAILABLE", "COORDINATOR_LOAD_IN_PROGRESS"]);

export function createCoordinator(cluster: Cluster, { kind, key, lane }: CoordinatorOptions): Coordinator {
  let known: Broker | null = null;

  async function find(): Promise<Broker> {
    const { coordinators } = await cluster.ask(
      (connection) => findCoordinatorV4.api.async(connection, keyTypes[kind], [key]),
      { lane: "control", broker: "any", within: answerMs },
    );
    const found = coordinators.find((one) => one.key === key);
    if (found === undefined) throw new BrokerError("COORDINATOR_NOT_AVAILABLE", `${kind} ${key}`);
    return { host: found.host, port: found.port };
  }

  return {
    async ask(call, options = {}) {
      try {
        known ??= await find();
        return await cluster.ask(call, { lane, within: answerMs, ...options, broker: known });
      } catch (error) {
        const codes = codesOf(error);
        if (codes.length === 0 || codes.some((code) => movedCodes.has(code))) known = null;
        throw error;
      }
    },
  };
}
