import { kafkajsAccess } from "@cordon/kafka";
import type { SaslLogin, TlsFiles } from "@cordon/service";
import { expect, test } from "vitest";

const login = (password: string): SaslLogin => ({ mechanism: "scram-sha-512", username: "processor", password });
const files = (ca: string): TlsFiles => ({ ca, cert: null, key: null });

test("a client of one's own proves who it is by the secrets as they are when it connects", () => {
  let secrets = { tls: files("first"), sasl: login("first") };
  const { tls, sasl } = secrets;
  const access = kafkajsAccess({ brokers: ["one:9092"], clientId: "mine", tls, sasl, secrets: () => secrets });
  expect(access).toMatchObject({
    brokers: ["one:9092"],
    clientId: "mine",
    ssl: { ca: "first" },
    sasl: { mechanism: "scram-sha-512", username: "processor", password: "first" },
  });
  secrets = { tls: files("second"), sasl: login("second") };
  expect(access).toMatchObject({ ssl: { ca: "second" }, sasl: { password: "second" } });
});

test("a plain connection has neither", () => {
  const access = kafkajsAccess({ brokers: ["one:9092"], clientId: "mine" });
  expect(access).toEqual({ brokers: ["one:9092"], clientId: "mine" });
});
