import type { IncomingMessage, Server, ServerResponse } from "node:http";
import type { Socket } from "node:net";

export interface ConnectionLimits {
  readonly all: number;
  /** Of one address, without a whole request. */
  readonly perAddress: number;
  readonly onDropped: (why: "all" | "address") => void;
}

export interface Connections {
  readonly count: number;
}

interface Known {
  readonly socket: Socket;
  readonly address: string;
  /** A whole request was received and is being answered: others make room before it. */
  busy: boolean;
}

/**
 * Keeps room for those who come: beyond a limit the connection goes that has been without a whole request for the longest,
 * never one whose request is being worked on. So clients that send slowly, or nothing, take nobody's place for long: a probe
 * gets in however many of them there are, also from their own address.
 */
export function limitConnections(server: Server, { all, perAddress, onDropped }: ConnectionLimits): Connections {
  // Insertion order is age: a connection that has finished a request goes to the end.
  const known = new Map<Socket, Known>();
  const idleOf = new Map<string, Set<Known>>();

  function setIdle(one: Known): void {
    one.busy = false;
    known.delete(one.socket);
    known.set(one.socket, one);
    const others = idleOf.get(one.address) ?? new Set();
    idleOf.set(one.address, others.add(one));
  }
  function setBusy(one: Known): void {
    one.busy = true;
    const others = idleOf.get(one.address);
    others?.delete(one);
    if (others?.size === 0) idleOf.delete(one.address);
  }
  function drop(one: Known, why: "all" | "address"): void {
    onDropped(why);
    forget(one);
    one.socket.destroy();
  }
  function forget(one: Known): void {
    setBusy(one);
    known.delete(one.socket);
  }
  function makeRoom(address: string): void {
    const idle = idleOf.get(address);
    const [slowest] = idle ?? [];
    if (idle !== undefined && idle.size > perAddress && slowest !== undefined) drop(slowest, "address");
    if (known.size <= all) return;
    for (const one of known.values())
      if (!one.busy) {
        drop(one, "all");
        return;
      }
  }

  const onConnection = (socket: Socket): void => {
    const one: Known = { socket, address: socket.remoteAddress ?? "", busy: false };
    setIdle(one);
    socket.once("close", () => {
      forget(one);
    });
    makeRoom(one.address);
  };
  const onRequest = (request: IncomingMessage, response: ServerResponse): void => {
    const one = known.get(request.socket);
    if (one === undefined) return;
    // Of a request without a body nobody hears that it has ended.
    if (!hasBody(request)) setBusy(one);
    else
      request.once("end", () => {
        if (known.has(one.socket)) setBusy(one);
      });
    response.once("close", () => {
      if (known.has(one.socket)) setIdle(one);
    });
  };
  // With TLS a connection counts once its handshake is over; before that the server's own limit of time holds.
  server.on(isSecure(server) ? "secureConnection" : "connection", onConnection);
  server.prependListener("request", onRequest);
  return {
    get count() {
      return known.size;
    },
  };
}

function hasBody({ headers }: IncomingMessage): boolean {
  return headers["transfer-encoding"] !== undefined || Number(headers["content-length"] ?? 0) > 0;
}

function isSecure(server: Server): boolean {
  return "setSecureContext" in server;
}
