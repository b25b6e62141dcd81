import { connect } from "node:tls";

import { addressOf } from "./silences.ts";

const answerMs = 2_000;

/** Whether something at one of the addresses makes a TLS handshake, whatever its certificate. Nothing is sent over it. */
export async function anySpeaksTls(brokers: readonly string[]): Promise<boolean> {
  for (const broker of brokers) if (await speaksTls(broker)) return true;
  return false;
}

function speaksTls(broker: string): Promise<boolean> {
  const { host, port } = addressOf(broker);
  return new Promise((resolve) => {
    const socket = connect({ host, port, rejectUnauthorized: false, timeout: answerMs });
    const end = (speaks: boolean): void => {
      socket.destroy();
      resolve(speaks);
    };
    socket.once("secureConnect", () => {
      end(true);
    });
    socket.once("timeout", () => {
      end(false);
    });
    // An alert that a client certificate is wanted is an answer in TLS, too.
    socket.once("error", (error: NodeJS.ErrnoException) => {
      end(/ALERT/.test(error.code ?? ""));
    });
  });
}
