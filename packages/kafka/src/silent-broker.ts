import type { ConnectionOptions } from "node:tls";

import { late, withDeadline } from "./deadline.ts";
import { type BrokerAddress, type Silences, silences, unlessSilent } from "./silences.ts";

/** One request, as kafkajs 2.2.4 hands it to a connection. */
export interface Call {
  readonly request: { readonly apiName: string };
  /** Milliseconds. kafkajs takes the longer of this and its general limit. */
  readonly requestTimeout?: number | null;
}

/** What of kafkajs 2.2.4 is touched. */
export interface Connection {
  readonly host: string;
  readonly port: number;
  readonly ssl?: ConnectionOptions | null;
  readonly socket?: { destroy(): void; readonly connecting?: boolean; readonly destroyed?: boolean };
  send: (this: Connection, call: Call) => Promise<unknown>;
  connect: (this: Connection) => Promise<unknown>;
  /** With the broker's address. */
  logError?: (message: string) => void;
  rejectRequests(error: Error): void;
  disconnect: (this: Connection) => Promise<unknown>;
  isConnected: (this: Connection) => boolean;
}

/** What commits of a group go through. */
export interface Committer {
  readonly groupId: string;
  readonly cluster: { findGroupCoordinator(of: { readonly groupId: string }): Promise<Committer["coordinator"]> };
  coordinator: { isConnected(): boolean };
  getCoordinator: (this: Committer) => Promise<Committer["coordinator"]>;
}

export interface Coordinator {
  heartbeat: (this: Coordinator, request: unknown) => Promise<unknown>;
}

/** The errors of kafkajs that say what it can act upon. */
export interface KafkajsErrors {
  readonly KafkaJSConnectionError: new (
    message: string,
    at: { readonly broker: string; readonly code?: string },
  ) => Error;
  readonly KafkaJSConnectionClosedError: new (
    message: string,
    at: { readonly host: string; readonly port: number },
  ) => Error;
  readonly KafkaJSProtocolError: new (error: {
    readonly type: string;
    readonly code: number;
    readonly retriable: boolean;
    readonly message: string;
  }) => Error;
}

const nameOf = (error: unknown): string => (error instanceof Error ? error.name : "");

/**
 * A `send` that hangs up on a broker which does not answer in time. kafkajs merely fails the request, keeps the connection
 * and what it believes about leaders, and asks the same broker again: a broker that hangs without dying then holds its
 * partitions up for as long as it hangs, though the cluster gave them to others within seconds. Hung up on, it counts as
 * gone, and kafkajs asks the others who leads now, as Kafka's own clients do. In time is: within kafkajs's own limit, and
 * before the broker turns out to hang (`silences.ts`), which takes some seconds.
 *
 * The first request on a connection must be answered within its own limit, that of connecting: the kernel of a machine
 * accepts connections for a broker that hangs. kafkajs would call on it again and again; now it turns to another.
 */
export function hangUpOnSilence(
  send: Connection["send"],
  errors: KafkajsErrors,
  of: Silences = silences,
): Connection["send"] {
  return async function sendOrHangUp(this: Connection, call) {
    const { host, port, socket } = this;
    const isGreeting = call.request.apiName === "ApiVersions" && typeof call.requestTimeout === "number";
    const silent = (): Error =>
      isGreeting
        ? unreachable(errors, this, "Connected, but no answer in time")
        : new errors.KafkaJSConnectionClosedError("Closed connection: no answer in time", { host, port });
    const hangUp = (): Error => {
      const silence = silent();
      // Of several that waited in vain only the first finds the socket that was silent; the next may be open already.
      if (this.socket === socket && socket?.destroyed !== true) {
        this.logError?.(silence.message);
        this.rejectRequests(silence);
        socket?.destroy();
        void this.disconnect();
      }
      return silence;
    };
    try {
      const answer = unlessSilent(send.call(this, call), addressOf(this), { hangUp, of });
      if (!isGreeting) return await answer;
      const greeted = await withDeadline(answer, call.requestTimeout ?? 0);
      if (greeted !== late) return greeted;
    } catch (error) {
      if (nameOf(error) !== "KafkaJSRequestTimeoutError") throw error;
    }
    throw hangUp();
  };
}

const addressOf = ({ host, port, ssl }: Connection): BrokerAddress => ({ host, port, tls: ssl ?? null });

/** With the code of one that refuses connections: then kafkajs looks for the group's coordinator again. */
function unreachable(errors: KafkajsErrors, { host, port }: Connection, why: string): Error {
  return new errors.KafkaJSConnectionError(why, { broker: `${host}:${String(port)}`, code: "ECONNREFUSED" });
}

/** In front of each answer stands its size. */
const sizeBytes = 4;

/**
 * A `connect` that callers at the same moment share, that leaves nothing behind when it fails, and that does not call on a broker
 * which is known to hang. kafkajs opens a socket for each of the callers, and all but the last stay open, unseen, and go on
 * feeding the connection; and one that connects after its time limit makes the connection believe that the next one has.
 */
export function connectOnce(
  connect: Connection["connect"],
  errors: KafkajsErrors,
  of: Silences = silences,
): Connection["connect"] {
  const underWay = new WeakMap<Connection, Promise<unknown>>();
  return function connectTogether(this: Connection) {
    const known = underWay.get(this);
    if (known !== undefined) return known;
    const attempt = async (): Promise<unknown> => {
      if (!of.mayAsk(addressOf(this))) throw unreachable(errors, this, "Not connected: the broker answers nobody");
      // What the last socket brought of an answer that was cut short is no part of what the next one brings.
      if (!this.isConnected()) Object.assign(this, { chunks: [], bytesBuffered: 0, bytesNeeded: sizeBytes });
      try {
        return await connect.call(this);
      } catch (error) {
        this.socket?.destroy();
        throw error;
      } finally {
        underWay.delete(this);
      }
    };
    const connecting = attempt();
    underWay.set(this, connecting);
    return connecting.finally(() => underWay.delete(this));
  };
}

/**
 * An `isConnected` that asks the socket, too. kafkajs keeps a state beside it, which a disconnection that ends late, or a socket that
 * connects late, sets for the next one: requests are then written to a socket that still connects, and each leaves a listener
 * there, or to one that is gone.
 */
export function connectedInFact(isConnected: Connection["isConnected"]): Connection["isConnected"] {
  return function isConnectedInFact(this: Connection) {
    const { socket } = this;
    return socket !== undefined && !socket.connecting && !socket.destroyed && isConnected.call(this);
  };
}

/**
 * A `disconnect` that ends the socket which it found, and not one that was opened while it waited. One that is destroyed has
 * ended: kafkajs would let go of it (`unref`) each time, and each time leave a listener on it (`MaxListenersExceededWarning`).
 */
export function disconnectOwn(disconnect: Connection["disconnect"]): Connection["disconnect"] {
  return function disconnectFound(this: Connection) {
    const found = this.socket;
    return disconnect.call(shielded(this, found));
  };
}

/** Stands in for the requests of a socket that has taken the place of another. */
const idleQueue = { waitForPendingRequests: async () => Promise.resolve(), destroy: () => undefined } as const;

/**
 * The connection, as the disconnection of one of its sockets sees it: what it does to the socket it does to that one, and the
 * state it sets counts only while no other has taken its place.
 */
function shielded(connection: Connection, socket: Connection["socket"]): Connection {
  const isIts = (): boolean => connection.socket === socket;
  return new Proxy(connection, {
    get: (target, name) => {
      if (name === "socket") return socket?.destroyed === true ? undefined : socket;
      return name === "requestQueue" && !isIts() ? idleQueue : (Reflect.get(target, name) as unknown);
    },
    set: (target, name, value) => (isIts() ? Reflect.set(target, name, value) : true),
  });
}

const gone = new Set(["KafkaJSConnectionError", "KafkaJSConnectionClosedError", "KafkaJSRequestTimeoutError"]);

/**
 * A `heartbeat` that says of a coordinator which cannot be reached what another broker would say: that it is not the
 * coordinator. kafkajs then asks who is and joins again, where it would otherwise call on the same one until it gives up.
 */
export function seekCoordinator(heartbeat: Coordinator["heartbeat"], errors: KafkajsErrors): Coordinator["heartbeat"] {
  return async function heartbeatOrSeek(this: Coordinator, request) {
    try {
      return await heartbeat.call(this, request);
    } catch (error) {
      if (!gone.has(nameOf(error))) throw error;
      throw new errors.KafkaJSProtocolError({
        type: "NOT_COORDINATOR_FOR_GROUP",
        code: 16,
        retriable: true,
        message: "The coordinator for this group cannot be reached",
      });
    }
  };
}

/**
 * A `getCoordinator` for commits that asks who coordinates the group where the one it knew has gone. kafkajs looks for that same broker until
 * the group is joined again, while batches wait for a commit: a broker that hung kept them for 20 s after another had taken the group over.
 */
export const seekCommitter: Committer["getCoordinator"] = async function coordinatorOrSeek(this: Committer) {
  const { groupId } = this;
  if (!this.coordinator.isConnected()) this.coordinator = await this.cluster.findGroupCoordinator({ groupId });
  return this.coordinator;
};
