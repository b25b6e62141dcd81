import { connect } from "node:net";

function takes(address: string, withinMs: number): Promise<void> {
  const colon = address.lastIndexOf(":");
  const host = address.slice(0, colon).replace(/^\[(.*)\]$/, "$1");
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  const socket = connect({ host, port: Number(address.slice(colon + 1)), timeout: withinMs });
  const failed = (why: Error): void => {
    reject(why);
  };
  socket.once("connect", resolve);
  socket.once("timeout", () => {
    failed(new Error("no answer in time"));
  });
  socket.once("error", failed);
  return promise.finally(() => {
    socket.removeAllListeners();
    // What a destroyed socket still has to say interests nobody.
    socket.on("error", () => undefined);
    socket.destroy();
  });
}

/** Whether any of the addresses, `host:port`, takes a connection within that time. */
export async function anyAnswers(addresses: readonly string[], withinMs: number): Promise<boolean> {
  return Promise.any(addresses.map((address) => takes(address, withinMs))).then(
    () => true,
    () => false,
  );
}
