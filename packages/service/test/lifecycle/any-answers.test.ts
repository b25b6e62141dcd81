import { createServer, type AddressInfo } from "node:net";

import { anyAnswers } from "@cordon/service";
import { expect, test } from "vitest";

test("one of several addresses that takes a connection is enough; none is none; nonsense is none", async () => {
  const server = createServer((socket) => socket.destroy());
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const open = `127.0.0.1:${String((server.address() as AddressInfo).port)}`;
  expect(await anyAnswers(["127.0.0.1:1", open], 500)).toBe(true);
  await new Promise((resolve) => server.close(resolve));
  expect(await anyAnswers(["127.0.0.1:1", open], 500)).toBe(false);
  expect(await anyAnswers(["no-such-host.invalid:9092", "[::1]:1"], 500)).toBe(false);
  expect(await anyAnswers([], 500)).toBe(false);
});
