import type { KafkaConfig, SASLOptions } from "kafkajs";

import { type LiveSasl, tlsFields } from "../credentials.ts";
import { type CompiledKafkaOptions, compileKafkaOptions, type KafkaClientOptions } from "../options.ts";

/** What a kafkajs client must know to be let in. Secrets are as they are whenever it proves who it is. */
export type KafkajsAccess = Pick<KafkaConfig, "brokers" | "clientId" | "ssl" | "sasl">;

/** For a kafkajs client that is not ours. Throws OPTIONS_INVALID. */
export function kafkajsAccess(options: KafkaClientOptions): KafkajsAccess {
  return accessOf(compileKafkaOptions(options));
}

export function accessOf({ brokers, clientId, credentials: { tls, sasl } }: CompiledKafkaOptions): KafkajsAccess {
  return {
    brokers: [...brokers],
    clientId,
    ...(tls === null ? {} : { ssl: tlsFields(tls) }),
    ...(sasl === null ? {} : { sasl: saslOptions(sasl) }),
  };
}

/** kafkajs reads the fields of this object each time that it proves who it is. */
function saslOptions(sasl: LiveSasl): SASLOptions {
  if (sasl.mechanism === "oauthbearer")
    return { mechanism: "oauthbearer", oauthBearerProvider: async () => ({ value: await sasl.tokens.token() }) };
  return {
    mechanism: sasl.mechanism,
    get username() {
      return sasl.username;
    },
    get password() {
      return sasl.password;
    },
  };
}
