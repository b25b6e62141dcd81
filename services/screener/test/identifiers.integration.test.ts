import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import type { Payment } from "@cordon/schemas";
import { sampleParty as party } from "@cordon/screening/testing";
import { afterEach, beforeEach, expect, inject, test } from "vitest";

import { createRealPipeline, type RealPipeline } from "./support/real-pipeline.ts";

/** Title and header of the publisher's layout, from the excerpt kept in the repository. */
const [title = "", header = ""] = readFileSync(new URL("../../../data/gim/uk-gim.csv", import.meta.url), "utf8").split(
  "\n",
);

/** A row of the UK list with these cells. */
function row(cells: Readonly<Record<string, string>>): string {
  return header
    .trim()
    .split(",")
    .map((column) => cells[column] ?? "")
    .join(",");
}

const common = {
  "Regime Name": "The Example (Sanctions) Regulations",
  "Date Designated": "31/07/2024",
  "Name type": "Primary Name",
};
const list = [
  title,
  header,
  row({
    ...common,
    "Unique ID": "RUS9001",
    "Name 6": "KOROLYOV AVENUE",
    "Designation Type": "Ship",
    "IMO number": "IMO9074729",
    "Sanctions Imposed": "Shipping sanctions",
  }),
  row({
    ...common,
    "Unique ID": "GIM9002",
    "Name 1": "Vile",
    "Name 6": "SMUGGLER",
    "Designation Type": "Individual",
    "Passport number": "'A1234567",
    "Sanctions Imposed": "Asset freeze",
  }),
].join("\n");

/** A row of OFAC's sdn.csv: key, name, type, programme, seven empty cells, remarks. */
function sdnRow(key: string, name: string, type: string, remarks: string): string {
  const empty = Array.from({ length: 7 }, () => "-0- ");
  return [key, `"${name}"`, type, '"TEST"', ...empty, `"${remarks}"`].join(",");
}

const wallet = "1BoatSLRHtKNngkdXEeobR76b53LETtpyT";
const ofac: Readonly<Record<string, string>> = {
  "sdn.csv": [
    sdnRow("9003", "BANK OF EXAMPLE", "-0- ", "SWIFT/BIC AAAAIRTH."),
    sdnRow("9004", "WALLET, Wanda", '"individual"', `DOB 17 May 1980; Digital Currency Address - XBT ${wallet}.`),
    "",
  ].join("\r\n"),
  "alt.csv": '9003,1,"aka","EXAMPLE BANK",-0- \r\n',
  "add.csv": '9003,1,"1 Example Road","Nowhere","Iran",-0- \r\n',
  "sdn_comments.csv": '9003,"."\r\n',
};

let pipeline: RealPipeline;
let folder: string;

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), "cordon-ofac-"));
  for (const [name, text] of Object.entries(ofac)) writeFileSync(join(folder, name), text);
  pipeline = await createRealPipeline(inject("stack"), list);
});
afterEach(async () => {
  await pipeline.close();
  rmSync(folder, { recursive: true, force: true });
});

function identified(kind: Payment["parties"][number]["identifiers"][number]["kind"], value: string): Partial<Payment> {
  return {
    parties: [
      party("DEBTOR", "Amelia Whitfield"),
      { ...party("CREDITOR", "Oliver Baker"), identifiers: [{ kind, value, issuer: null }] },
    ],
  };
}

function agent(bic: string): Payment["agents"][number] {
  return { role: "CREDITOR_AGENT", bic, lei: null, name: null, clearingId: null, address: null, account: null };
}

/** Rows: event, what it has beside innocent names, what its alert names and where. */
const events: readonly (readonly [string, Partial<Payment>, string, string])[] = [
  ["imo", identified("IMO", "9074729"), "uk:RUS9001", "parties[1].identifiers[0].value"],
  ["imo-in-line", { remittanceInformation: ["Freight, IMO 9074729"] }, "uk:RUS9001", "remittanceInformation[0]"],
  ["passport", identified("PASSPORT", "A 123 4567"), "uk:GIM9002", "parties[1].identifiers[0].value"],
  ["bic", { agents: [agent("AAAAIRTH123")] }, "ofac:9003", "agents[0].bic"],
  ["bic-in-line", { remittanceInformation: ["/INS/AAAAIRTHXXX"] }, "ofac:9003", "remittanceInformation[0]"],
  ["wallet", identified("WALLET", wallet), "ofac:9004", "parties[1].identifiers[0].value"],
];

test("a listed identifier and an unlisted name raise an alert that says which identifier matched; an unlisted one passes", async () => {
  const listSync = pipeline.start("list-sync", { LIST_OFAC: folder });
  await listSync.logged("index published");
  await pipeline.start("screener").logged("partitions assigned");
  await pipeline.watch();
  await pipeline.send([
    ...events.map(([id, change]) => pipeline.paymentRecord(id, undefined, change)),
    pipeline.paymentRecord("innocent", undefined, {
      ...identified("PASSPORT", "A1234568"),
      agents: [agent("AAAAGB2L")],
      remittanceInformation: ["/INS/BBBBGB2L, IMO 9074731"],
    }),
  ]);
  await expect.poll(() => pipeline.decisions.length, { timeout: 30_000 }).toBe(events.length + 1);
  await expect.poll(() => pipeline.alerts.length, { timeout: 10_000 }).toBe(events.length);
  const outcomes = new Map(pipeline.decisions.map(({ eventId, outcome }) => [eventId, outcome]));
  expect(outcomes.get("innocent")).toBe("CLEAR");
  for (const [id, , designationId, path] of events) {
    expect(outcomes.get(id), `event ${id}`).toBe("HIT");
    const alert = pipeline.alerts.find(({ eventId }) => eventId === id);
    expect(alert?.index.lists).toMatchObject([
      { list: "uk", entries: 2 },
      { list: "ofac", entries: 2 },
    ]);
    expect(alert?.matches, `event ${id}`).toMatchObject([
      {
        designationId,
        regime: designationId.startsWith("uk:") ? "The Example (Sanctions) Regulations" : "TEST",
        measures: expect.any(Array) as string[],
        field: { path },
        identifier: { designationId: null },
      },
    ]);
    expect(alert?.matches[0]?.reasons[0], `event ${id}`).toMatchObject({ kind: "identifier", points: 100 });
  }
});
