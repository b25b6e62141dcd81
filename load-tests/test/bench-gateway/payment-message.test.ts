import { readMessage } from "@cordon/messages";
import { newParty, type Payment } from "@cordon/schemas";
import { expect, test } from "vitest";

import { paymentMessage } from "../../src/bench-gateway/payment-message.ts";

test("the message of a payment is read without a problem, and names its parties as they are", () => {
  const names = ["Anna & Sons <Ltd>", "Jan Kowal"];
  const parties = names.map((name, at) => newParty(at === 0 ? "DEBTOR" : "CREDITOR", name, "UNKNOWN"));
  const read = readMessage(Buffer.from(paymentMessage({ eventId: "e-1", parties } as unknown as Payment)), {
    receivedAt: 0,
  });
  expect(read).toMatchObject({ kind: "converted", format: "pacs.008.001.08", messageId: "e-1" });
  const [event] = read.kind === "converted" ? read.events : [];
  expect(event?.kind === "payment" ? event.event.problems : null).toEqual([]);
  expect(event?.kind === "payment" ? event.event.parties.map(({ name }) => name) : null).toEqual(names);
});
