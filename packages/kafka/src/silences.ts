import { isIP, connect as connectPlain, type Socket } from "node:net";
import { connect as connectTls, type ConnectionOptions } from "node:tls";

/*
 * A broker that hangs without dying, as on a machine that swaps or is moved, keeps its connections and answers nothing. The cluster gives
 * its partitions to others within seconds, but whoever waits for its answer does not hear of it. A time limit for each request is no
 * remedy: a healthy leader may need ten seconds for a record while it waits for the one that hangs. So whoever has waited for a while
 * asks the broker, over a connection of its own, what any broker answers at once. If that is not answered either, the broker hangs:
 * all clients of this process hang up on it at the same moment, and nobody waits for it again until it answers.
 */

/** Where a broker is, and how to talk to it; `tls` is null for plain connections. */
export interface BrokerAddress {
  readonly host: string;
  readonly port: number;
  readonly tls?: ConnectionOptions | null | undefined;
}

/** Whether it answers. Resolves with false only when time passed: what is refused or closed was answered. */
export type Probe = (address: BrokerAddress) => Promise<boolean>;

export interface Silences {
  /** Somebody has waited for this broker for longer than is usual: finds out whether it hangs. */
  suspect(address: BrokerAddress): void;
  /**
   * False while the broker hangs and another one answers: to ask it would only be to wait. Where none answers, the trouble may
   * be our own, and each is asked as ever.
   */
  mayAsk(address: BrokerAddress): boolean;
  /** Calls back once when the broker turns out to hang. Answers how to end that. */
  onSilence(address: BrokerAddress, hangUp: () => void): () => void;
}

/** How long an answer may take before the broker is asked whether it lives, milliseconds. */
export const suspectAfterMs = 2_000;
/** How long that answer may take. */
const probeMs = 3_000;
/** How often one that hangs is asked again. */
const againMs = 1_000;

interface Broker {
  hangs: boolean;
  probing: boolean;
  readonly waiting: Set<() => void>;
}

/** Of `host:port`; an address of IPv6 stands in brackets. */
export function addressOf(text: string): { readonly host: string; readonly port: number } {
  const colon = text.lastIndexOf(":");
  return { host: text.slice(0, colon).replace(/^\[(.*)\]$/, "$1"), port: Number(text.slice(colon + 1)) };
}

const nameOf = ({ host, port }: BrokerAddress): string => `${host}:${String(port)}`;

export function createSilences(probe: Probe, pauseMs = againMs): Silences {
  const brokers = new Map<string, Broker>();

  const brokerAt = (address: BrokerAddress): Broker => {
    const name = nameOf(address);
    const known = brokers.get(name) ?? { hangs: false, probing: false, waiting: new Set() };
    brokers.set(name, known);
    return known;
  };

  async function findOut(address: BrokerAddress, broker: Broker): Promise<void> {
    broker.probing = true;
    const answers = await probe(address);
    broker.probing = false;
    broker.hangs = !answers;
    if (answers) return;
    const waiting = [...broker.waiting];
    broker.waiting.clear();
    for (const hangUp of waiting) hangUp();
    setTimeout(() => void findOut(address, broker), pauseMs).unref();
  }

  return {
    suspect(address) {
      const broker = brokerAt(address);
      if (!broker.probing && !broker.hangs) void findOut(address, broker);
    },
    mayAsk: (address) =>
      brokers.get(nameOf(address))?.hangs !== true || [...brokers.values()].every(({ hangs }) => hangs),
    onSilence(address, hangUp) {
      const { waiting } = brokerAt(address);
      waiting.add(hangUp);
      return () => {
        waiting.delete(hangUp);
      };
    },
  };
}

/** ApiVersions, version 0, without a client's name: every broker answers it, also before anybody proved who he is. */
const apiVersions = Buffer.from([0, 0, 0, 10, 0, 18, 0, 0, 0, 0, 0, 1, 0xff, 0xff]);

/** Asks over a new connection. */
export function askVersions({ host, port, tls }: BrokerAddress): Promise<boolean> {
  return new Promise((resolve) => {
    const name = isIP(host) === 0 ? { servername: host } : {};
    const socket: Socket =
      tls === null || tls === undefined ? connectPlain({ host, port }) : connectTls({ ...name, ...tls, host, port });
    socket.unref();
    let over = false;
    const done = (answers: boolean): void => {
      if (over) return;
      over = true;
      clearTimeout(limit);
      socket.destroy();
      resolve(answers);
    };
    // A process that itself stood still finds the time up before it reads what has come meanwhile: it may read first.
    const limit = setTimeout(() => setImmediate(done, false), probeMs);
    socket.once("data", () => {
      done(true);
    });
    for (const end of ["error", "close"] as const)
      socket.once(end, () => {
        done(true);
      });
    socket.on("error", () => undefined);
    socket.write(apiVersions);
  });
}

/** What the clients of this process know, whichever library they use. */
export const silences: Silences = createSilences(askVersions);

/**
 * The answer, unless the broker hangs, as is known already or turns out while it is waited for: then `hangUp` is called, and its error
 * is the answer's. A broker that is merely slow is waited for.
 */
export async function unlessSilent<T>(
  answer: Promise<T>,
  address: BrokerAddress,
  { hangUp, of = silences }: { readonly hangUp: () => Error; readonly of?: Silences },
): Promise<T> {
  answer.catch(() => undefined);
  // Over a connection that nobody waited on when the broker was given up.
  if (!of.mayAsk(address)) throw hangUp();
  const { promise: silence, reject } = Promise.withResolvers<never>();
  const forget = of.onSilence(address, () => {
    reject(hangUp());
  });
  const timer = setInterval(() => {
    of.suspect(address);
  }, suspectAfterMs);
  timer.unref();
  silence.catch(() => undefined);
  try {
    return await Promise.race([answer, silence]);
  } finally {
    clearInterval(timer);
    forget();
  }
}
