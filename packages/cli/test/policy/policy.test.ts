import { writeFileSync } from "node:fs";

import { afterAll, beforeAll, describe, expect, test } from "vitest";

import { cordon, type Folder, folderWithIndex } from "../run-cordon.ts";

let folder: Folder;
let index: string;
beforeAll(async () => {
  ({ folder, index } = await folderWithIndex());
});
afterAll(() => {
  folder.remove();
});

function fileOf(name: string, text: string): string {
  const path = folder.path(name);
  writeFileSync(path, text);
  return path;
}

const withoutText = `version: 1
name: Ours
rules:
  - name: Domestic instant payments without text
    when: { rail: [FPS], from: [GB], to: [GB], kind: [TEXT] }
    apply: { screened: false }
`;

const money = { amount: "12.50", currency: "GBP" };
const bank = (role: string, bic: string) => ({ role, bic });

function payment(eventId: string, rail: string, line: string, to = "GB"): string {
  return JSON.stringify({
    eventId,
    rail,
    createdAt: 1,
    decideBy: 2,
    money,
    parties: [
      { role: "DEBTOR", name: "Ann Baker", type: "PERSON" },
      { role: "CREDITOR", name: "Bob Carter", type: "PERSON" },
    ],
    agents: [bank("DEBTOR_AGENT", "TIDEGB2L"), bank("CREDITOR_AGENT", `TIDE${to}2L`)],
    remittanceInformation: [line],
  });
}

const remittance = JSON.stringify({
  eventId: "rem-1",
  channel: "CASH",
  createdAt: 1,
  sendMoney: money,
  fromCountry: "GB",
  toCountry: "IQ",
  sender: { role: "SENDER", name: "Ann Baker", type: "PERSON" },
  beneficiary: { role: "BENEFICIARY", name: "Bob Carter", type: "PERSON" },
});

describe("cordon policy check", () => {
  test("prints the version of a good file and what its rules say", async () => {
    const ran = await cordon(["policy", "check", fileOf("good.yaml", withoutText)]);
    expect(ran).toMatchObject({ code: 0, err: "" });
    expect(ran.out).toMatch(/^"Ours" is a good policy: version [0-9a-f]{16}\n/);
    expect(ran.out).toContain(
      "1. Domestic instant payments without text: when rail FPS, from GB, to GB, kind TEXT: screened false",
    );
  });

  test("prints every fault of a bad one, each in a line that editors can follow, and exits with 1", async () => {
    const path = fileOf("bad.yaml", withoutText.replace("FPS", "FSP").replace("screened", "screend"));
    const ran = await cordon(["policy", "check", path]);
    expect(ran.code).toBe(1);
    const lines = ran.out.trimEnd().split("\n");
    expect(lines.map((line) => line.slice(path.length, path.length + 7))).toEqual([":5:20: ", ":6:14: "]);
    const json = await cordon(["policy", "check", path, "--json"]);
    expect(JSON.parse(json.out)).toMatchObject({
      faults: [
        { line: 5, column: 20 },
        { line: 6, column: 14 },
      ],
    });
  });

  test("says what is wrong with its arguments", async () => {
    expect(await cordon(["policy", "check"])).toMatchObject({
      code: 2,
      err: expect.stringContaining("one FILE") as string,
    });
    expect((await cordon(["policy", "see", "x"])).code).toBe(2);
    expect((await cordon(["policy", "check", folder.path("none")])).code).toBe(2);
    expect((await cordon(["policy", "check", "--help"])).out).toContain("cordon policy test FILE");
  });
});

describe("cordon policy test", () => {
  const listedName = "Mikhail Fictional";

  test("shows outcome by outcome what a policy would change, and by rail what comes of it", async () => {
    const named = await listedNameOf();
    const events = [
      payment("e-1", "FPS", `for ${named}`),
      payment("e-2", "FPS", `for ${named}`, "US"),
      payment("e-3", "SWIFT", `for ${named}`),
      payment("e-4", "FPS", "rent"),
      remittance,
    ].join("\n");
    const ran = await cordon(["policy", "test", fileOf("p.yaml", withoutText), "--index", index], events);
    expect(ran).toMatchObject({ code: 1, err: "" });
    const [first = "", second = "", ...rest] = ran.out.split("\n");
    expect(first).toMatch(/^line 1 {2}e-1 {2}FPS: HIT \(\S+ remittanceInformation\[0\].*\) -> CLEAR \(1 left out\)$/);
    expect(second).toMatch(/^line 4 {2}e-4 {2}FPS: CLEAR -> CLEAR \(1 left out\)$/);
    expect(rest.join("\n")).toMatch(/FPS\s+3\s+1 -> 2\s+2 -> 1\s+0 -> 0\s+2\s+2/);
    expect(rest.join("\n")).toMatch(/SWIFT\s+1\s+0 -> 0\s+1 -> 1\s+0 -> 0\s+0\s+0/);
    expect(listedName).not.toBe(named);
  });

  test("against itself changes nothing, and takes what cordon message writes", async () => {
    const path = fileOf("p.yaml", withoutText);
    const lines = `{"event":${payment("e-1", "FPS", "rent")},"fields":[]}\n`;
    const ran = await cordon(["policy", "test", path, "--against", path, "--index", index, "--json"], lines);
    expect(ran.code).toBe(0);
    expect(JSON.parse(ran.out)).toMatchObject({ summary: { rails: { FPS: { events: 1, changed: 0 } } } });
  });

  test("names the line that is no event", async () => {
    const ran = await cordon(
      ["policy", "test", fileOf("p.yaml", withoutText), "--index", index],
      `${remittance}\n{"eventId":1}\n`,
    );
    expect(ran).toMatchObject({ code: 2, err: expect.stringContaining("line 2 is no event") as string });
  });
});

/** A name of the index's list, as `cordon screen` finds it. */
async function listedNameOf(): Promise<string> {
  const { openIndex } = await import("../../src/open-index.ts");
  for (const { type, names } of (await openIndex(index)).designations())
    if (type === "PERSON" && (names[0]?.text.split(" ").length ?? 0) > 2) return names[0]?.text ?? "";
  throw new Error("nobody is listed");
}
