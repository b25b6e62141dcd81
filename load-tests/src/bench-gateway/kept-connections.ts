import { connect, type Socket } from "node:net";

export interface Answer {
  readonly status: number;
  readonly body: string;
}

/**
 * Sends whole requests over connections that stay open, one request at a time on each. Its costs count among the server's on a machine that
 * both share, so it reads no more of HTTP than what the gateway writes: answers with a length.
 */
export interface KeptConnections {
  /** Head and body. Rejects when the connection ends before the answer does, or when the answer is not understood. */
  send(request: Uint8Array): Promise<Answer>;
  close(): void;
}

interface Connection {
  readonly socket: Socket;
  received: Buffer;
  asked: PromiseWithResolvers<Answer> | null;
}

const headEnd = "\r\n\r\n";

export function keepConnections({ hostname, port }: URL): KeptConnections {
  const idle: Connection[] = [];

  function open(): Connection {
    const one: Connection = { socket: connect(Number(port), hostname), received: Buffer.alloc(0), asked: null };
    one.socket.setNoDelay();
    one.socket.on("data", (bytes) => {
      one.received = one.received.length === 0 ? bytes : Buffer.concat([one.received, bytes]);
      take(one);
    });
    one.socket.once("error", (error) => {
      end(one, error);
    });
    one.socket.once("close", () => {
      end(one, new Error("the connection was closed"));
    });
    return one;
  }

  function take(one: Connection): void {
    let answer: Answer | null;
    try {
      answer = wholeAnswer(one.received);
    } catch (error) {
      one.socket.destroy();
      end(one, error);
      return;
    }
    if (answer === null) return;
    const { asked } = one;
    one.received = Buffer.alloc(0);
    one.asked = null;
    idle.push(one);
    asked?.resolve(answer);
  }

  function end(one: Connection, why: unknown): void {
    const place = idle.indexOf(one);
    if (place >= 0) idle.splice(place, 1);
    one.asked?.reject(why);
    one.asked = null;
  }

  return {
    send(request) {
      const one = idle.pop() ?? open();
      one.asked = Promise.withResolvers();
      one.socket.write(request);
      return one.asked.promise;
    },
    close() {
      for (const { socket } of idle.splice(0)) socket.destroy();
    },
  };
}

/** Null while some of it is still to come. Throws for what is no answer with a length, or more than one. */
export function wholeAnswer(bytes: Buffer): Answer | null {
  const end = bytes.indexOf(headEnd);
  if (end < 0) return null;
  const head = bytes.toString("latin1", 0, end);
  const status = /^HTTP\/1\.1 (\d{3}) /.exec(head)?.[1];
  const length = /\r\ncontent-length: (\d+)/i.exec(head)?.[1];
  if (status === undefined || length === undefined) throw new Error("an answer without a length");
  const to = end + headEnd.length + Number(length);
  if (bytes.length > to) throw new Error("more than an answer came");
  return bytes.length < to ? null : { status: Number(status), body: bytes.toString("utf8", end + headEnd.length, to) };
}
