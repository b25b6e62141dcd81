import { createKafkaClient } from "@cordon/kafka";
import { kafkaClients } from "@cordon/service";
import { loopbackCertificate, startTlsProxy } from "@cordon/service/testing";
import { afterEach, beforeEach, describe, expect, inject, test } from "vitest";

const [first = ""] = inject("stack").kafkaBrokers.split(",");
const colon = first.lastIndexOf(":");

/** The proxy stands for the bootstrap server alone: the brokers' own addresses stay plain, so nothing but it is asked. */
describe.each(kafkaClients)("a bootstrap server behind TLS, through %s,", (name) => {
  let proxy: { readonly port: number; close(): void };

  beforeEach(async () => {
    proxy = await startTlsProxy({ host: first.slice(0, colon), port: Number(first.slice(colon + 1)) });
  });
  afterEach(() => {
    proxy.close();
  });

  const connect = async (host: string, ca: string | null): Promise<void> => {
    const client = createKafkaClient({
      brokers: [`${host}:${String(proxy.port)}`],
      clientId: "tls",
      client: name,
      retries: 0,
      tls: { ca, cert: null, key: null },
    });
    await (await client.admin()).close();
  };

  test.each(["localhost", "127.0.0.1"])("is reached as %s when its authority is trusted", async (host) => {
    await expect(connect(host, loopbackCertificate.cert)).resolves.toBeUndefined();
  });

  test("is refused when its authority is not trusted", async () => {
    await expect(connect("localhost", null)).rejects.toMatchObject({ code: "TLS_FAILED" });
  });

  test("is not spoken to in plain text by mistake", async () => {
    const client = createKafkaClient({
      brokers: [`localhost:${String(proxy.port)}`],
      clientId: "plain",
      client: name,
      retries: 0,
    });
    // A broker that answers in TLS is told from one that hangs up without a word.
    const code: unknown = expect.stringMatching(/^(?:TLS_FAILED|KAFKA_UNAVAILABLE)$/);
    await expect(client.admin()).rejects.toMatchObject({ code });
  });
});
