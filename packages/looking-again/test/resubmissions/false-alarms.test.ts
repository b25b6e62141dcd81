import { createStoppedPayments, factsOfPayment } from "@cordon/looking-again";
import { decimalFromString, newParty, type Payment } from "@cordon/schemas";
import { samplePayment } from "@cordon/screening/testing";
import { expect, test } from "vitest";

/*
 * A stream of innocent payments of a town: standing orders, salaries, rents of fixed sums, retries after a fault, corrections of what was
 * held. One in fifty is stopped by mistake. Of a hundred thousand events fewer than ten may be taken for resubmissions.
 */
const events = 100_000;
const people = 4000;
const dayMs = 86_400_000;

function random(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}

const syllables = [
  "ka",
  "lo",
  "mi",
  "ne",
  "ra",
  "su",
  "to",
  "vi",
  "za",
  "bel",
  "dor",
  "fen",
  "gar",
  "hal",
  "jun",
  "pet",
] as const;

function nameOf(person: number): string {
  const pick = random(person + 1);
  const word = () => Array.from({ length: 3 }, () => syllables[Math.floor(pick() * syllables.length)] ?? "").join("");
  return `${word()} ${word()}`;
}

function partyOf(role: "DEBTOR" | "CREDITOR", person: number) {
  return {
    ...newParty(role, nameOf(person), "PERSON"),
    account: { kind: "OTHER" as const, value: `ACCOUNT-${String(person).padStart(6, "0")}`, name: null },
  };
}

function payment(
  from: number,
  to: number,
  { amount, line, id }: { readonly amount: string; readonly line: string; readonly id: string },
): Payment {
  return {
    ...samplePayment(id),
    endToEndId: id.endsWith("0") ? "NOTPROVIDED" : `E2E-${id}`,
    money: { amount: decimalFromString(amount), currency: "GBP" },
    parties: [partyOf("DEBTOR", from), partyOf("CREDITOR", to)],
    remittanceInformation: [line],
  };
}

test.each([1])(
  "innocent repeats are taken for resubmissions fewer than once in ten thousand events (seed %d)",
  (seed) => {
    const next = random(seed * 7919);
    const pick = (most: number) => Math.floor(next() * most);
    const stopped = createStoppedPayments({ windowMs: 7 * dayMs, most: 50_000 });
    const recent: Payment[] = [];
    let alarms = 0;
    for (let at = 0; at < events; at++) {
      const id = String(at);
      const kind = next();
      const again = recent[pick(recent.length)];
      let sent: Payment;
      // A standing order, or a retry after a fault: the same, mostly under another id.
      if (kind < 0.3 && again !== undefined)
        sent = { ...again, eventId: id, endToEndId: next() < 0.5 ? again.endToEndId : `E2E-${id}` };
      // The creditor's name in another form: in capitals, with a title, the account's holder beside it.
      else if (kind < 0.35 && again !== undefined)
        sent = {
          ...again,
          eventId: id,
          parties: again.parties.map((party) => ({
            ...party,
            name: next() < 0.5 ? party.name.toUpperCase() : `Mr ${party.name}`,
          })),
        };
      // An employer pays the same sum to many, from one account.
      else if (kind < 0.5) sent = payment(pick(20), pick(people), { amount: "1500.00", line: "Salary 2026-11", id });
      // A landlord gets the same sum from many.
      else if (kind < 0.6) sent = payment(pick(people), 20 + pick(20), { amount: "900.00", line: "Rent", id });
      // A couple pays from one account into another, each in his own name, now and then.
      else if (kind < 0.6005 && again !== undefined)
        sent = {
          ...again,
          eventId: id,
          parties: again.parties.map((party, n) => (n === 0 ? { ...party, name: nameOf(pick(people)) } : party)),
        };
      else
        sent = payment(pick(people), pick(people), {
          amount: `${String(pick(500))}.${String(10 + pick(90))}`,
          line: `Invoice ${String(pick(9999))}`,
          id,
        });
      recent.push(sent);
      if (recent.length > 5000) recent.shift();
      const time = at * ((30 * dayMs) / events);
      const place = { topic: "payments.v1", partition: 0, offset: at };
      const facts = factsOfPayment(sent);
      if (stopped.resubmissionOf({ ...place, eventId: id, at: time, facts }) !== null) alarms += 1;
      if (next() >= 0.02) continue;
      const hit = next() < 0.7;
      const matched = hit ? [sent.parties[1]?.name ?? ""] : [];
      stopped.remember({
        ...place,
        eventId: id,
        alertId: hit ? id : null,
        holdReason: hit ? null : "QUERY_TOO_BROAD",
        at: time,
        facts,
        matched,
      });
    }
    expect(alarms).toBeLessThan(events / 10_000);
  },
);
