import { compilePolicy, paymentToScreen, screenEvent, toAlert } from "@cordon/decisions";
import { compileSnapshot, designationId, newDesignation, openSnapshot } from "@cordon/matching";
import { convertMessage } from "@cordon/messages";
import {
  type Alert,
  createDecoder,
  createEncoder,
  decimalToString,
  type Payment,
  schemaText,
  topics,
} from "@cordon/schemas";
import { afterAll, beforeAll, expect, test } from "vitest";

import { createWorld, type Running, startGateway, type World } from "./support/gateway-world.ts";
import { post } from "./support/messages.ts";

/* The same payment by three ways in: as it is over HTTP, as JSON made of its file, as a record that somebody else writes. */

const NAME = "Goran Jalal Rasulov";
const subject = `${topics.payments}-value` as const;
const index = openSnapshot(
  compileSnapshot([
    newDesignation({
      id: designationId("uk", "A1"),
      list: "uk",
      type: "PERSON",
      names: [{ text: NAME, kind: "PRIMARY", strength: "STRONG" }],
      regime: "Test regime",
    }),
  ]),
);
const policy = compilePolicy();
const encoder = createEncoder(subject);
const decoder = createDecoder(subject, schemaText(subject));

const agent = (name: string, bic: string): string => `<FinInstnId><BICFI>${bic}</BICFI><Nm>${name}</Nm></FinInstnId>`;

const innocent = {
  instructing: "Northgate Savings Bank",
  instructed: "Harbour Mutual",
  initiating: "Copperfield Ltd",
  ultimateDebtor: "Ann Baker",
  debtor: "Bob Carter",
  contact: "Cleo Dawson",
  debtorAgent: "Sparkasse Seetal",
  branch: "Market Square",
  intermediary: "Banque du Lac",
  creditorAgent: "Copperfield Trust",
  creditor: "Dora Evans",
  creditorAccount: "Dora Evans",
  ultimateCreditor: "Eli Foster",
  instruction: "call before paying",
  regulatory: "goods",
  remittance: "Invoice 4711",
  invoicer: "Fay Green",
} as const;

function message(id: string, said: Readonly<Record<keyof typeof innocent, string>>): string {
  return (
    `<Document xmlns="urn:iso:std:iso:20022:tech:xsd:pacs.008.001.08"><FIToFICstmrCdtTrf><GrpHdr><MsgId>${id}</MsgId>` +
    `<CreDtTm>2026-11-20T10:00:00Z</CreDtTm><NbOfTxs>1</NbOfTxs><InstgAgt>${agent(said.instructing, "COBADEFF")}</InstgAgt>` +
    `<InstdAgt>${agent(said.instructed, "NWBKGB2L")}</InstdAgt></GrpHdr><CdtTrfTxInf><PmtId><EndToEndId>E1</EndToEndId></PmtId>` +
    `<IntrBkSttlmAmt Ccy="EUR">12.50</IntrBkSttlmAmt><IntrmyAgt1>${agent(said.intermediary, "BNPAFRPP")}</IntrmyAgt1>` +
    `<UltmtDbtr><Nm>${said.ultimateDebtor}</Nm></UltmtDbtr><InitgPty><Nm>${said.initiating}</Nm></InitgPty>` +
    `<Dbtr><Nm>${said.debtor}</Nm><CtctDtls><Nm>${said.contact}</Nm></CtctDtls></Dbtr>` +
    `<DbtrAgt>${agent(said.debtorAgent, "DEUTDEFF")}<BrnchId><Nm>${said.branch}</Nm></BrnchId></DbtrAgt>` +
    `<CdtrAgt>${agent(said.creditorAgent, "INGBNL2A")}</CdtrAgt><Cdtr><Nm>${said.creditor}</Nm></Cdtr>` +
    `<CdtrAcct><Id><Othr><Id>0012345</Id></Othr></Id><Nm>${said.creditorAccount}</Nm></CdtrAcct>` +
    `<UltmtCdtr><Nm>${said.ultimateCreditor}</Nm></UltmtCdtr><InstrForCdtrAgt><InstrInf>${said.instruction}</InstrInf></InstrForCdtrAgt>` +
    `<RgltryRptg><Dtls><Inf>${said.regulatory}</Inf></Dtls></RgltryRptg><RmtInf><Ustrd>${said.remittance}</Ustrd>` +
    `<Strd><Invcr><Nm>${said.invoicer}</Nm></Invcr></Strd></RmtInf></CdtTrfTxInf></FIToFICstmrCdtTrf></Document>`
  );
}

/** What the screener writes for a record of the topic; null where it is no hit. */
function alertOf(value: Uint8Array): Alert | null {
  const event = paymentToScreen(decoder.decode(Buffer.from(value)));
  const outcome = screenEvent(event, index, policy, { indexAge: 0, at: 0 });
  if (outcome.kind !== "hit") return null;
  return toAlert(outcome, event, {
    source: { topic: topics.payments, partition: 0, offset: 0n },
    index: { version: "a".repeat(64), generation: 1, lists: [] },
    engineVersion: index.engineVersion,
    policyVersion: policy.version,
    at: 0,
  });
}

/** Of one payment, whose id and time are made of its content or told by it. */
function paymentOf(bytes: Uint8Array, format: "xml" | "json"): Payment {
  const [one] = convertMessage(bytes, { receivedAt: 1, format });
  if (one?.kind !== "payment") throw new Error(`no payment: ${JSON.stringify(one)}`);
  return one.event;
}

/** As `cordon message --json` prints the event of a file. */
const printed = (event: Payment): Buffer =>
  Buffer.from(
    JSON.stringify(event, (key, value: unknown) =>
      key === "amount" && value instanceof Uint8Array ? decimalToString(value) : value,
    ),
  );

let world: World;
let gateway: Running;
beforeAll(async () => {
  world = await createWorld();
  gateway = await startGateway(world);
});
afterAll(async () => {
  await gateway.stop();
});

test.each(Object.keys(innocent) as (keyof typeof innocent)[])(
  "a listed name in the place of %s makes one alert, the same by file, over HTTP and as Avro",
  async (place) => {
    const bytes = Buffer.from(message(place, { ...innocent, [place]: NAME }));
    const before = world.events().length;
    expect((await post(gateway.url, bytes.toString())).status).toBe(202);
    const sent = world.events().slice();
    expect(sent).toHaveLength(before + 1);
    const converted = paymentOf(bytes, "xml");
    const own = sent.find(({ key }) => key?.toString() === converted.eventId);
    const alerts = [
      alertOf(own?.value ?? Buffer.alloc(0)),
      alertOf(encoder.encode(paymentOf(printed(converted), "json"), 1)),
      alertOf(encoder.encode({ ...converted, createdAt: 2 }, 1)),
    ];
    const [first] = alerts;
    expect(first?.matches.map(({ designationId: id }) => id)).toEqual(["uk:A1"]);
    const field = first?.matches[0]?.field;
    expect(bytes.toString().slice(field?.sourceStart ?? 0, field?.sourceEnd ?? 0)).toBe(NAME);
    for (const alert of alerts) expect(alert).toEqual(first);
  },
);

test("the same payment with nobody listed in it makes none", () => {
  expect(alertOf(encoder.encode(paymentOf(Buffer.from(message("none", innocent)), "xml"), 1))).toBeNull();
});
