import { connect, createServer } from "node:net";

/** In the desk's network namespace: what comes to 8090 from outside goes to the desk on loopback. For trying out only. */
const server = createServer((outside) => {
  const inside = connect(8443, "127.0.0.1");
  for (const [from, to] of [
    [outside, inside],
    [inside, outside],
  ] as const) {
    from.pipe(to);
    from.on("error", () => {
      to.destroy();
    });
    from.on("close", () => {
      to.destroy();
    });
  }
});
server.listen(8090, "0.0.0.0");
for (const signal of ["SIGTERM", "SIGINT"] as const) process.on(signal, () => process.exit(0));
