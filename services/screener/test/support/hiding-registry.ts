import { createServer, request } from "node:http";
import type { AddressInfo } from "node:net";

/** The registry of the stack, behind an address of its own, which knows nothing of one schema for a while. */
export interface HidingRegistry {
  readonly url: string;
  hide(id: number): void;
  show(): void;
  close(): Promise<void>;
}

/** No registry has given it to a schema. */
const unknown = 2_000_000_000;

/**
 * What is asked about the schema that is hidden is answered by the registry itself, as about an id that nobody has. Others register
 * schemas at the same time, so an id that is not given yet cannot be told beforehand.
 */
export async function startHidingRegistry(registryUrl: string): Promise<HidingRegistry> {
  const base = new URL(registryUrl);
  let hidden: number | null = null;
  const server = createServer((asked, answer) => {
    const path = (asked.url ?? "/").replace(
      /(\/schemas\/ids\/)(\d+)\b/,
      (_, before: string, id: string) => `${before}${Number(id) === hidden ? String(unknown) : id}`,
    );
    const passedOn = request(
      { host: base.hostname, port: base.port, path, method: asked.method, headers: asked.headers },
      (answered) => {
        answer.writeHead(answered.statusCode ?? 502, answered.headers);
        answered.pipe(answer);
      },
    );
    passedOn.on("error", () => answer.destroy());
    asked.pipe(passedOn);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${String(port)}${base.pathname}`,
    hide: (id) => {
      hidden = id;
    },
    show: () => {
      hidden = null;
    },
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
