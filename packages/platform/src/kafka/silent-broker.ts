import { late, withDeadline } from "./deadline.ts";

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
  readonly socket?: { destroy(): void };
  send: (this: Connection, call: Call) => Promise<unknown>;
  connect: (this: Connection) => Promise<unknown>;
  rejectRequests(error: Error): void;
  disconnect(): Promise<unknown>;
}

export interface Coordinator {
  heartbeat: (this: Coordinator, request: unknown) => Promise<unknown>;
}

/** The errors of kafkajs that say what it can act upon. */
export interface KafkajsErrors {
  readonly KafkaJSConnectionError: new (message: string, at: { readonly broker: string }) => Error;
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
 * gone, and kafkajs asks the others who leads now, as Kafka's own clients do.
 *
 * The first request on a connection must be answered within its own limit, that of connecting: the kernel of a machine
 * accepts connections for a broker that hangs. kafkajs would call on it again and again; now it turns to another.
 */
export function hangUpOnSilence(send: Connection["send"], errors: KafkajsErrors): Connection["send"] {
  return async function sendOrHangUp(this: Connection, call) {
    const { host, port, socket } = this;
    const isGreeting = call.request.apiName === "ApiVersions" && typeof call.requestTimeout === "number";
    try {
      const answer = send.call(this, call);
      if (!isGreeting) return await answer;
      const greeted = await withDeadline(answer, call.requestTimeout ?? 0);
      if (greeted !== late) return greeted;
    } catch (error) {
      if (nameOf(error) !== "KafkaJSRequestTimeoutError") throw error;
    }
    const silence = isGreeting
      ? new errors.KafkaJSConnectionError("Connected, but no answer in time", { broker: `${host}:${String(port)}` })
      : new errors.KafkaJSConnectionClosedError("Closed connection: no answer in time", { host, port });
    // Of several that waited in vain only the first finds the socket that was silent; the next may be open already.
    if (this.socket === socket) {
      this.rejectRequests(silence);
      socket?.destroy();
      await this.disconnect();
    }
    throw silence;
  };
}

/**
 * A `connect` that callers at the same moment share, and that leaves nothing behind when it fails. kafkajs opens a socket for
 * each of them, and all but the last stay open, unseen, and go on feeding the connection; and one that connects after its
 * time limit makes the connection believe that the next one has.
 */
export function connectOnce(connect: Connection["connect"]): Connection["connect"] {
  const underWay = new WeakMap<Connection, Promise<unknown>>();
  return function connectTogether(this: Connection) {
    const known = underWay.get(this);
    if (known !== undefined) return known;
    const attempt = async (): Promise<unknown> => {
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
    return connecting;
  };
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
