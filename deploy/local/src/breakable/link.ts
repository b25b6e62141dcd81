import { once } from "node:events";
import { type AddressInfo, connect, createServer, type Server, type Socket } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";

/**
 * - `open`: bytes pass.
 * - `refused`: nobody listens, and what was connected is cut.
 * - `silent`: connections stand and are accepted, and no byte passes.
 * - `slow`: each piece of an answer comes that much later.
 */
export type LinkState =
  | { readonly kind: "open" | "refused" | "silent" }
  | { readonly kind: "slow"; readonly milliseconds: number };

/** A line to a service on loopback that can be cut, held up or slowed down without touching the service. */
export interface Link {
  readonly port: number;
  set(state: LinkState): Promise<void>;
  close(): Promise<void>;
}

/** Opens a line from a free port to `target`. */
export async function openLink(target: number): Promise<Link> {
  const sockets = new Set<Socket>();
  let state: LinkState = { kind: "open" };
  const server = createServer((client) => {
    join(client, connect(target, "127.0.0.1"));
  });

  function keep(socket: Socket, other: Socket): void {
    sockets.add(socket);
    socket.on("error", () => {}); // told by "close", too
    socket.once("close", () => {
      sockets.delete(socket);
      other.destroy();
    });
  }

  function join(client: Socket, service: Socket): void {
    keep(client, service);
    keep(service, client);
    carry(client, service, () => 0);
    carry(service, client, () => (state.kind === "slow" ? state.milliseconds : 0));
    if (state.kind === "silent") hold();
  }

  function hold(): void {
    for (const socket of sockets) socket.pause();
  }

  async function listen(port: number): Promise<void> {
    server.listen(port, "127.0.0.1");
    await once(server, "listening");
  }

  await listen(0);
  const { port } = server.address() as AddressInfo;
  const close = async (): Promise<void> => {
    const closed = server.listening ? closing(server) : null;
    for (const socket of sockets) socket.destroy();
    await closed;
  };
  return {
    port,
    async set(next) {
      state = next;
      if (next.kind === "refused") await close();
      else if (!server.listening) await listen(port);
      if (next.kind === "silent") hold();
      else for (const socket of sockets) socket.resume();
    },
    close,
  };
}

/** Bytes keep their order: a piece waits for those before it. */
function carry(from: Socket, to: Socket, delay: () => number): void {
  let waiting = 0;
  let last: Promise<void> = Promise.resolve();
  from.on("data", (bytes: Buffer) => {
    const milliseconds = delay();
    if (milliseconds === 0 && waiting === 0) {
      to.write(bytes);
      return;
    }
    waiting += 1;
    last = deliver(bytes, performance.now() + milliseconds, last);
  });

  async function deliver(bytes: Buffer, due: number, before: Promise<void>): Promise<void> {
    await before;
    const left = due - performance.now();
    if (left > 0) await sleep(left);
    waiting -= 1;
    if (!to.destroyed) to.write(bytes);
  }
}

function closing(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => {
      resolve();
    });
  });
}
