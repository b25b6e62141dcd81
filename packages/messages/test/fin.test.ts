import { describe, expect, test } from "vitest";

import { amount, codesOf, convert, creditor, debtor, fin, inPieces, only, saidAt, transfer } from "./fin-text.ts";

const rolesAndTexts = (text: string) =>
  only(convert(text)).fields.map(({ role, kind, text: said }) => `${role} ${kind} ${said}`);
const problemsOf = (text: string) =>
  only(convert(text)).event.problems.map(({ code, sourcePath }) => `${code} ${sourcePath ?? ""}`);

describe("an MT103", () => {
  test("becomes an event with its parties, agents and texts, by role", () => {
    const more = [
      ":51A:BNPAFRPP",
      ":52D:HARBOUR MUTUAL\r\nLONDON",
      ":53B:/12345",
      ":56C://FW021000021",
      ":57A:/C/998877\r\nDEUTDEFF500",
      ":70:/INV/2026-17",
      ":72:/ACC/FOR MR SMITH\r\n/INS/SPARKASSE SEETAL",
      ":77B:/ORDERRES/DE//OFFICE SEVEN",
    ];
    expect(rolesAndTexts(fin("103", transfer({ more })))).toEqual([
      "INSTRUCTING BIC COBADEFF",
      "INSTRUCTED BIC NWBKGB2L",
      "DEBTOR IBAN DE89370400440532013000",
      "DEBTOR NAME ANN BAKER",
      "DEBTOR ADDRESS HAUPTSTRASSE 7",
      "DEBTOR ADDRESS BERLIN DE",
      "CREDITOR IBAN GB29NWBK60161331926819",
      "CREDITOR NAME BOB CARTER",
      "CREDITOR ADDRESS 1 HIGH STREET",
      "CREDITOR ADDRESS LONDON GB",
      "OTHER BIC BNPAFRPP",
      "DEBTOR_AGENT NAME HARBOUR MUTUAL",
      "DEBTOR_AGENT ADDRESS LONDON",
      "REIMBURSEMENT ACCOUNT 12345",
      "INTERMEDIARY CLEARING FW021000021",
      "CREDITOR_AGENT ACCOUNT 998877",
      "CREDITOR_AGENT BIC DEUTDEFF500",
      "REMITTANCE_INFORMATION TEXT /INV/2026-17",
      "INSTRUCTION TEXT FOR MR SMITH",
      "PREVIOUS_INSTRUCTING NAME SPARKASSE SEETAL",
      "INSTRUCTION TEXT SPARKASSE SEETAL",
      "REGULATORY_REPORTING COUNTRY DE",
      "REGULATORY_REPORTING TEXT OFFICE SEVEN",
    ]);
  });

  test("tells money, references, rail and time", () => {
    const user = "{3:{108:MUR 1}{121:174c245f-2682-4291-ad67-2a41e530cd27}}";
    const text = fin("103", transfer(), { user }).replace(
      "{2:I103NWBKGB2LXXXXN}",
      "{2:O1031030261120NWBKGB2LXXXX00010000012611201031N}",
    );
    const { event } = only(convert(text));
    expect(event).toMatchObject({
      rail: "SWIFT",
      messageType: "MT103",
      instructionId: "REF1",
      uetr: "174c245f-2682-4291-ad67-2a41e530cd27",
      money: { currency: "EUR" },
      createdAt: Date.UTC(2026, 10, 20, 10, 30),
      source: { format: "MT103", messageId: "REF1", sender: "NWBKGB2L", receiver: "COBADEFF", transactions: 1 },
      problems: [],
    });
    expect(only(convert(fin("103", transfer()))).event.createdAt).toBe(Date.UTC(2026, 10, 23));
  });

  test.each([
    ["STP", "MT103STP", ":52D:HARBOUR MUTUAL", ["FIELD_MISPLACED 52D"]],
    ["STP", "MT103STP", ":52A:BNPAFRPP", []],
    ["REMIT", "MT103REMIT", ":77T:/NARR/FOR ANNA", []],
    ["", "MT103", ":77T:/NARR/FOR ANNA", ["FIELD_MISPLACED 77T"]],
  ])("with the flag %s is an %s, and has its fields", (flag, format, field, problems) => {
    const text = fin("103", transfer({ more: [field] }), { user: flag === "" ? "" : `{3:{119:${flag}}}` });
    expect(only(convert(text)).event.messageType).toBe(format);
    expect(problemsOf(text)).toEqual(problems);
  });

  test("is the same event with other line ends, in another envelope and with other checksums", () => {
    const id = only(convert(fin("103", transfer()))).event.eventId;
    const ack = "{1:F21COBADEFFAXXX0001000001}{4:{177:2611201000}{451:0}}";
    const others = [
      fin("103", transfer(), { newline: "\n" }).replaceAll("\r\n", "\n"),
      `${ack}${fin("103", transfer(), { trailer: "{5:{MAC:00000000}{CHK:123456789ABC}}" })}$`,
      `\u0001${fin("103", transfer())}\u0003      `,
    ];
    for (const other of others) expect(only(convert(other)).event.eventId).toBe(id);
    expect(only(convert(fin("103", transfer({ pays: debtor.replace("ANN", "ANA") })))).event.eventId).not.toBe(id);
  });
});

describe("names and lines", () => {
  test.each([
    [
      "a full line that cuts a word",
      ["EXAMPLE MACHINERY AND TOOLS HOLDING", "S GMBH"],
      "EXAMPLE MACHINERY AND TOOLS HOLDINGS GMBH",
    ],
    ["an ampersand", ["SMITH &", "SONS LTD"], "SMITH & SONS LTD"],
    ["AND", ["SMITH AND", "SONS LTD"], "SMITH AND SONS LTD"],
    ["a comma", ["SMITH,", "JOHN"], "SMITH, JOHN"],
    ["OF", ["BANK OF", "NOWHERE"], "BANK OF NOWHERE"],
    ["a hyphen", ["AL-", "SALAM"], "AL- SALAM"],
  ])("go on behind %s", (_, lines, name) => {
    const text = fin("103", transfer({ pays: `:50K:/1\r\n${lines.join("\r\n")}\r\nHIGH STREET 1` }));
    const { event, fields } = only(convert(text));
    expect(event.parties[0]?.name).toBe(name);
    const field = fields.find(({ kind, role }) => kind === "NAME" && role === "DEBTOR")!;
    expect(field.path).toBe("50K[1]");
    expect(saidAt(text, field).replaceAll(/\s/g, "")).toBe(lines.join("").replaceAll(" ", ""));
    expect(field.pieces?.map(({ sourcePath }) => sourcePath)).toEqual(["50K[1]", "50K[2]"]);
  });

  test("stand in the address as well, so that a name that goes on in the next line is found", () => {
    const { event } = only(
      convert(fin("103", transfer({ pays: ":50K:/1\r\nIVAN\r\nPETROVICH SIDOROV\r\nHIGH STREET" }))),
    );
    expect(event.parties[0]).toMatchObject({
      name: "IVAN",
      address: { lines: ["IVAN", "PETROVICH SIDOROV", "HIGH STREET"] },
    });
  });

  test.each([
    ["a legal form", ["EXAMPLE METALLURGICAL PLANT X Y PAO", "LONDON"]],
    ["a number in the next line", ["MAXIMILIANUS EXAMPLE-SAMPLEMANOVICH", "HIGH STREET 7"]],
  ])("end with a full line, too, before %s", (_, lines) => {
    expect(lines[0]).toHaveLength(35);
    const { event } = only(convert(fin("103", transfer({ pays: `:50K:/1\r\n${lines.join("\r\n")}\r\nBERLIN` }))));
    expect(event.parties[0]?.name).toBe(lines[0]);
  });

  test("are searched across the last line, too, which a full line may go on in", () => {
    const lines = ["EXAMPLE MACHINERY AND TOOLS HOLDING", "S"];
    const { event } = only(convert(fin("103", transfer({ pays: `:50K:/1\r\n${lines.join("\r\n")}` }))));
    expect(event.parties[0]).toMatchObject({ name: lines[0], address: { lines } });
  });

  test("with a legal form are not read together with the line behind them", () => {
    const { event } = only(convert(fin("103", transfer({ pays: ":50K:/1\r\nEXAMPLE BAKERY LTD.\r\nCALLE MAYOR" }))));
    expect(event.parties[0]?.address?.lines).toEqual(["CALLE MAYOR"]);
  });

  test("of option F are read by their numbers", () => {
    const lines = ["CCPT/DE/C01X00T47", "1/ANN", "1/BAKER", "2/HAUPTSTRASSE 7", "3/DE/BERLIN"];
    const { event } = only(convert(fin("103", transfer({ pays: `:50F:${lines.join("\r\n")}` }))));
    expect(event.parties[0]).toMatchObject({
      name: "ANN BAKER",
      type: "UNKNOWN",
      address: { lines: ["HAUPTSTRASSE 7"], country: "DE", town: "BERLIN" },
      identifiers: [{ kind: "PASSPORT", value: "C01X00T47", issuer: "DE" }],
    });
    expect(event.problems).toEqual([]);
  });

  test("of option F tell birth and identifiers, and line 8 goes on with them", () => {
    const lines = ["/123", "1/ANN BAKER", "4/19710203", "5/CH/BERN", "7/CH/756.1234", "8/5678.97"];
    const text = fin("103", transfer({ pays: `:50F:${lines.join("\r\n")}` }));
    const { event, fields } = only(convert(text));
    expect(event.parties[0]).toMatchObject({
      type: "PERSON",
      birthDate: "1971-02-03",
      birthPlace: "BERN, CH",
      identifiers: [{ kind: "NATIONAL_ID", value: "756.12345678.97", issuer: "CH" }],
    });
    expect(fields.find(({ kind }) => kind === "BIRTH_DATE")).toMatchObject({ text: "19710203", path: "50F[2]" });
  });

  test.each([
    ["1 and 3 without 2", ":59F:1/BOB CARTER\r\n3/ES/MADRID", []],
    ["more than four lines", ":59F:/1\r\n1/BOB CARTER\r\n2/A\r\n2/B\r\n2/C\r\n3/ES/MADRID", ["FIELD_MISPLACED 59F"]],
    ["a line without its number", ":59F:/1\r\n1/BOB\r\nCARTER\r\n3/ES/MADRID", ["FIELD_MISPLACED 59F[2]"]],
    ["another order", ":59F:/1\r\n2/A STREET\r\n1/BOB CARTER", ["FIELD_MISPLACED 59F"]],
    ["no name", ":59F:/1\r\n2/A STREET", ["FIELD_MISPLACED 59F"]],
    ["a name that goes on with nothing", ":59F:/1\r\n1/BOB CARTER\r\n1/ ", []],
  ])("of option F are all read: %s", (_, gets, problems) => {
    const text = fin("103", transfer({ gets }));
    expect(problemsOf(text)).toEqual(problems);
    const said = only(convert(text))
      .fields.filter(({ role }) => role === "CREDITOR")
      .map((field) => field.text)
      .join(" ");
    for (const line of gets.split("\r\n").slice(1))
      expect(said).toContain(line.replace(/^\d\/(?:[A-Z]{2}\/)?|^\//, ""));
  });

  test.each([
    [
      "an account without its slash",
      ":59:723491524\r\nBOB CARTER\r\n1 HIGH STREET",
      "BOB CARTER",
      ["FIELD_MISPLACED 59[0]"],
    ],
    ["telegraph codes", ":59:/1\r\n2621 1728 3769", "2621 1728 3769", ["NAME_UNREADABLE 59"]],
    ["no name at all", ":59:/1\r\nNOTPROVIDED", "NOTPROVIDED", ["FIELD_MISSING 59"]],
    [
      "a full line that was cut",
      `:59:/1\r\n${"BOB CARTER ".repeat(4).slice(0, 34)}+`,
      `${"BOB CARTER ".repeat(4).slice(0, 34)}+`,
      ["FIELD_TRUNCATED 59[1]"],
    ],
    ["a lost character", ":59:/1\r\nBOB C\uFFFDRTER", "BOB C\uFFFDRTER", ["NAME_UNREADABLE 59[1]"]],
    ["a name in the place of a BIC", ":59A:/1\r\nBOB CARTER", "BOB CARTER", ["FIELD_MISPLACED 59A[1]"]],
  ])("that are none are told: %s", (_, gets, name, problems) => {
    const text = fin("103", transfer({ gets }));
    expect(problemsOf(text)).toEqual(problems);
    expect(only(convert(text)).event.parties[1]?.name).toBe(name);
  });

  test.each([
    ["70", 35, "70", "REMITTANCE_INFORMATION"],
    ["79", 50, "79", "REMITTANCE_INFORMATION"],
    ["72", 35, "72", "INSTRUCTION"],
  ])("of %s are one text, broken at %i", (tag, width, path, role) => {
    const long = `${"X".repeat(width - 4)} ABC`;
    const type = tag === "79" ? "199" : "103";
    const value = `:${tag}:${long}\r\nDEF GHI`;
    const lines = tag === "79" ? [":20:A", ":21:B", value] : transfer({ more: [value] });
    const { event, fields } = only(convert(fin(type, lines)));
    expect(fields.filter((field) => field.path === `${path}[0]`)).toMatchObject([{ role, text: `${long}DEF GHI` }]);
    const all = [...event.remittanceInformation, ...event.instructions];
    // Nobody can tell whether the word ends with the line.
    expect(all).toEqual([`${long}DEF GHI`, `${long} DEF GHI`]);
  });

  test("of 72 behind a code are as wide as the code leaves", () => {
    const lines = `:72:/ACC/${"X".repeat(26)} IVA\r\n//NOV ${"Y".repeat(25)} PET\r\n//ROV`;
    const { event } = only(convert(fin("103", transfer({ more: [lines] }))));
    expect(event.instructions[0]).toBe(`${"X".repeat(26)} IVANOV ${"Y".repeat(25)} PETROV`);
  });

  test("that begin with a colon or a hyphen are text", () => {
    const { event } = only(convert(fin("103", transfer({ more: [":70:RENT\r\n:for Anna\r\n-and Bob\r\n{x}"] }))));
    expect(event.remittanceInformation).toEqual(["RENT :for Anna -and Bob {x}"]);
  });
});

const cover = (lines: readonly string[], user = "") => fin("202", [":20:A", ":21:B", amount, ...lines], { user });

describe("transfers between banks", () => {
  test("know their institutions, and the sender where no other pays", () => {
    const { event } = only(convert(cover([":57A:BNPAFRPP", ":58D://CP0999\r\nHARBOUR MUTUAL\r\nLONDON"])));
    expect(event.parties).toEqual([]);
    expect(event.agents.map(({ role, bic, name, clearingId }) => [role, bic ?? name, clearingId])).toEqual([
      ["INSTRUCTING", "COBADEFF", null],
      ["INSTRUCTED", "NWBKGB2L", null],
      ["CREDITOR_AGENT", "BNPAFRPP", null],
      ["CREDITOR_INSTITUTION", "HARBOUR MUTUAL", "CP0999"],
      ["DEBTOR_INSTITUTION", "COBADEFF", null],
    ]);
    expect(event.problems).toEqual([]);
  });

  test.each(["{3:{119:COV}}", ""])("that cover another have its customers, told by %s", (user) => {
    const text = cover(
      [":52A:COBADEFF", ":58A:BSCHESMM", ":72:/BNF/FIRST", debtor, ":52A:BNPAFRPP", creditor, ":72:/REC/SECOND"],
      user,
    );
    const { event, fields } = only(convert(text));
    expect(event.messageType).toBe("MT202COV");
    expect(event.parties.map(({ role, name }) => [role, name])).toEqual([
      ["DEBTOR", "ANN BAKER"],
      ["CREDITOR", "BOB CARTER"],
    ]);
    const paths = fields.map(({ path, role }) => `${role} ${path}`);
    for (const path of [
      "DEBTOR_INSTITUTION 52A[0]",
      "DEBTOR_AGENT B.52A[0]",
      "DEBTOR B.50K[1]",
      "INSTRUCTION 72[0]",
      "INSTRUCTION B.72[0]",
    ])
      expect(paths).toContain(path);
    expect(event.problems).toEqual([]);
  });

  test("are refused without who gets the money, or without the customers that they say they cover", () => {
    expect(codesOf(convert(cover([":52A:COBADEFF"])))).toEqual(["MESSAGE_INCOMPLETE"]);
    expect(codesOf(convert(cover([":58A:BSCHESMM"], "{3:{119:COV}}")))).toEqual(["MESSAGE_INCOMPLETE"]);
    expect(codesOf(convert(cover([":58A:BSCHESMM", debtor])))).toEqual(["MESSAGE_INCOMPLETE"]);
  });
});

const order = (shared: readonly string[], transactions: readonly (readonly string[])[]) =>
  fin("101", [":20:A", ":28D:1/1", ...shared, ":30:261123", ...transactions.flat()]);
const ordered = (id: string, more: readonly string[] = [creditor]) => [`:21:${id}`, ":32B:EUR5,", ...more, ":71A:OUR"];

describe("an MT101", () => {
  const pays = debtor.replace("50K", "50H");

  test("is an event a transaction, with what stands once in each", () => {
    const made = convert(
      order([pays, ":50L:ZED LTD"], [ordered("X"), ordered("Y", [creditor, ":23E:PHON/CALL ANNA"])]),
    );
    const events = made.map((event) => only([event]).event);
    expect(events.map(({ endToEndId, source }) => [endToEndId, source?.transaction, source?.transactions])).toEqual([
      ["X", 0, 2],
      ["Y", 1, 2],
    ]);
    for (const { parties, problems } of events) {
      expect(parties.map(({ role }) => role)).toEqual(["DEBTOR", "INITIATING_PARTY", "CREDITOR"]);
      expect(problems).toEqual([]);
    }
    expect(new Set(events.map(({ eventId }) => eventId)).size).toBe(2);
    expect(only(made.slice(1)).fields.map(({ path }) => path)).toContain("B[1].59[1]");
    expect(events[1]?.instructions).toEqual(["CALL ANNA"]);
  });

  test("holds the one transaction that says who pays twice, or not who gets", () => {
    const made = convert(order([pays], [ordered("X", [pays, creditor]), ordered("Y", []), ordered("Z")]));
    expect(codesOf(made)).toEqual([["FIELD_MISPLACED"], ["MESSAGE_INCOMPLETE"], []]);
  });
});

describe("queries, answers and free texts", () => {
  test.each(["192", "195", "296", "399", "999"])("have no parties, and are read as texts: MT%s", (type) => {
    const { event } = only(convert(fin(type, [":20:A", ":21:B", ":79:PLEASE TELL\r\nWHO ANNA IS"])));
    expect(event).toMatchObject({ messageType: `MT${type}`, parties: [], problems: [], money: { currency: "XXX" } });
    expect(event.remittanceInformation).toEqual(["PLEASE TELL WHO ANNA IS"]);
  });

  test("have what they copy of the payment by its role", () => {
    const { event } = only(
      convert(
        fin("192", [":20:A", ":21:B", ":11S:103\r\n261123", ":79:/DUPL/", ":32A:261123EUR1,", debtor, ":52A:BNPAFRPP"]),
      ),
    );
    expect(event.parties.map(({ role, name }) => [role, name])).toEqual([["DEBTOR", "ANN BAKER"]]);
    expect(event.agents.map(({ role }) => role)).toContain("DEBTOR_AGENT");
    expect(event.problems).toEqual([]);
    const bank = only(convert(fin("292", [":20:A", ":21:B", ":11S:202\r\n261123", ":52A:BNPAFRPP"])));
    expect(bank.event.agents.map(({ role }) => role)).toContain("DEBTOR_INSTITUTION");
  });

  test("of a credit tell who paid, and the account of who gets it", () => {
    const { event } = only(convert(fin("910", [":20:A", ":21:B", ":25:9875687", amount, debtor, ":52A:BNPAFRPP"])));
    expect(event.parties.map(({ role }) => role)).toEqual(["DEBTOR"]);
    expect(event.agents.find(({ role }) => role === "CREDITOR_INSTITUTION")).toMatchObject({
      bic: "NWBKGB2L",
      account: { value: "9875687" },
    });
    expect(problemsOf(fin("910", [":20:A", ":21:B", ":25:1", amount, ":52D:NOTPROVIDED"]))).toEqual([
      "FIELD_MISSING 52D",
    ]);
  });
});

describe("files of several messages", () => {
  const one = fin("103", transfer());
  const other = fin("202", [":20:C", ":21:D", amount, ":58A:BSCHESMM"]);
  const ack = "{1:F21COBADEFFAXXX0001000001}{4:{177:2611201000}{451:0}}";

  test.each([
    ["one behind the other", one + other],
    ["with a dollar", `${one}\r\n$\r\n${other}\r\n$\r\n`],
    ["with a dollar and no line end", `${one}$${other}$`],
    ["with acknowledgements", `${ack}${one}${ack}${other}`],
    ["as PC files", `\u0001${one}\u0003${" ".repeat(60)}\u0001${other}\u0003`],
    ["with blank lines", `\r\n\r\n${one}\r\n\r\n${other}\r\n`],
  ])("are read one by one, each with its place: %s", (_, text) => {
    const made = convert(text);
    expect(made.map((message) => only([message]).event.messageType)).toEqual(["MT103", "MT202"]);
    for (const message of made)
      for (const field of only([message]).fields) expect(saidAt(text, field)).toBe(field.text);
  });

  test("give an error in the place of the one that is wrong, and go on", () => {
    const broken = one.slice(0, one.indexOf("-}"));
    expect(codesOf(convert(`${broken}\r\n${other}`))).toEqual(["MESSAGE_MALFORMED", []]);
    expect(codesOf(convert(`${fin("940", [":20:A"])}\r\n${other}`))).toEqual(["MESSAGE_UNSUPPORTED", []]);
  });

  test.each([1, 7, 100, 4096])("are read alike however the bytes are cut: %i at a time", (size) => {
    const text = `${one}\r\n$${ack}${other}`;
    expect(inPieces(text, size)).toEqual(convert(text));
  });
});

describe("blocks", () => {
  test.each([
    ["a hyphen alone at the end", fin("103", transfer(), { end: "\r\n-" })],
    ["a second brace", fin("103", transfer(), { trailer: "}" })],
    [
      "trailers and a system block",
      fin("103", transfer(), { trailer: "{5:{MAC:00000000}{CHK:123456789ABC}{PDE:}}{S:{SAC:}{COP:P}}" }),
    ],
    ["blank lines between", fin("103", transfer()).replaceAll("}{", "}\r\n\r\n{")],
    ["a carriage return alone", fin("103", transfer()).replaceAll("\r\n", "\r")],
    ["two at signs for a line end", fin("103", transfer()).replaceAll("\r\n", "@@")],
    ["no headers", `{4:\r\n${transfer().join("\r\n")}\r\n-}`],
    ["no braces at all", `${transfer().join("\r\n")}\r\n-`],
  ])("with %s are read", (_, text) => {
    const { event } = only(convert(text));
    expect(event.parties.map(({ name }) => name)).toEqual(["ANN BAKER", "BOB CARTER"]);
    expect(event.problems).toEqual([]);
  });

  test("that have texts around them hold the event, and the texts are screened", () => {
    for (const text of [
      fin("103", transfer(), { trailer: " FOR JAHOVIC" }),
      fin("103", transfer(), { trailer: "{5:{CHK:123456789ABC}{XXX:FOR JAHOVIC}}" }),
      fin("103", transfer()).replace("{4:", "FOR JAHOVIC{4:"),
      fin("103", transfer(), { user: "{3:{108:A}FOR JAHOVIC}" }),
      fin("103", transfer(), { user: "{3:{FOR JAHOVIC}}" }),
      fin("103", transfer()).replace("{2:", "{1:FOR JAHOVIC}{2:"),
      fin("103", transfer()).replace("{4:", "{2:FOR JAHOVIC}{4:"),
      fin("103", transfer(), { trailer: "{5:{FOR JAHOVIC}}" }),
      fin("103", transfer(), { trailer: "{S:{FOR JAHOVIC}}" }),
    ]) {
      const { event, fields } = only(convert(text));
      expect(event.problems.map(({ code }) => code)).toEqual(["FIELD_UNREAD"]);
      expect(fields.map((field) => field.text)).toContain("FOR JAHOVIC");
    }
  });

  test.each(["{3:{:FOR JAHOVIC}}", "{3:{FOR JAHOVIC:A}}", "{3:{108}{for jahovic:}}"])(
    "with what is no tag in the place of one hold the event, and it is screened: %s",
    (user) => {
      const { event } = only(convert(fin("103", transfer(), { user })));
      expect(event.problems.map(({ code }) => code)).toEqual(["FIELD_UNREAD"]);
      expect(event.remittanceInformation.join().toUpperCase()).toContain("FOR JAHOVIC");
    },
  );

  test("of an acknowledgement behind a message take nothing from it, and one with texts is none", () => {
    const acknowledged = fin("103", transfer(), { trailer: "{4:{177:2611201000}{451:0}}" });
    expect(codesOf(convert(acknowledged))).toEqual([[]]);
    expect(codesOf(convert(acknowledged + fin("103", transfer())))).toEqual([[], []]);
    for (const said of ["{FOR JAHOVIC}", "{177:2611201000}FOR JAHOVIC", "{FOR:JAHOVIC}"])
      expect(codesOf(convert(fin("103", transfer()).replace("{4:", `{4:{451:0}${said}}{4:`)))).toEqual([
        "MESSAGE_MALFORMED",
      ]);
  });

  const service = "{1:F21COBADEFFAXXX0000000000}";
  const ack = "{4:{177:2611201000}{451:0}}";
  test.each([
    ["between the headers of a message and its text", fin("103", transfer()).replace("{4:", "{4:{451:0}}{4:")],
    ["and has a message's header", fin("103", transfer()).replace("{2:", "{4:{451:0}}{2:")],
    ["and a text stands behind it", `${service}${ack}FOR JAHOVIC${fin("103", transfer())}`],
    ["and a text stands in its headers", `${service}{3:{FOR JAHOVIC}}${ack}${fin("103", transfer())}`],
    ["and a text stands in its trailer", `${fin("103", transfer())}${ack}{5:{XXX:FOR JAHOVIC}}`],
    [
      "and a message without headers follows",
      `${service}${ack}\r\n${transfer().join("\r\n")}\r\n-}${fin("103", transfer())}`,
    ],
  ])("of an acknowledgement that stands where it takes something from a message are refused: %s", (_, text) => {
    expect(codesOf(convert(text))[0]).toBe("MESSAGE_MALFORMED");
  });

  test("of acknowledgements before a message, behind it and behind each other take nothing from it", () => {
    const one = fin("103", transfer());
    for (const text of [
      `${service}${ack}${one}`,
      `${one}${ack}${ack}{5:{CHK:123456789ABC}}`,
      `${service}${ack}\r\n${one}${service}${ack}\r\n`,
    ]) {
      const { event } = only(convert(text));
      expect([event.problems, event.agents.map(({ role }) => role)]).toEqual([
        [],
        only(convert(one)).event.agents.map(({ role }) => role),
      ]);
    }
  });

  test("of headers are screened where people write, and training is no payment", () => {
    const { event } = only(
      convert(fin("103", transfer(), { user: "{3:{108:FOR JAHOVIC}{433:/AOK/NO HIT DETECTED}}" })),
    );
    expect(event.instructions).toEqual(["FOR JAHOVIC", "/AOK/NO HIT DETECTED"]);
    expect(problemsOf(fin("103", transfer(), { trailer: "{5:{CHK:1}{TNG:}}" }))).toEqual(["FIELD_MISPLACED {1}"]);
  });
});

describe("what cannot be read", () => {
  test.each([
    ["nothing", "", "MESSAGE_EMPTY"],
    ["no end", fin("103", transfer(), { end: "" }), "MESSAGE_MALFORMED"],
    ["no block 4", "{1:F01COBADEFFAXXX0001000001}{2:I103NWBKGB2LXXXXN}", "MESSAGE_MALFORMED"],
    ["a block that does not close", "{1:F01COBADEFFAXXX0001000001", "MESSAGE_MALFORMED"],
    ["a header that is none", fin("103", transfer()).replace("I103", "X103"), "MESSAGE_MALFORMED"],
    ["a batch", fin("102", transfer()), "MESSAGE_UNSUPPORTED"],
    ["an acknowledgement alone", "{1:F21COBADEFFAXXX0001000001}{4:{177:2611201000}{451:0}}", "MESSAGE_UNSUPPORTED"],
    ["fields of no type", "{4:\r\n:20:A\r\n:25:B\r\n-}", "MESSAGE_UNSUPPORTED"],
    ["no ordering customer", fin("103", [":20:A", amount, creditor]), "MESSAGE_INCOMPLETE"],
    ["no beneficiary", fin("103", [":20:A", amount, debtor]), "MESSAGE_INCOMPLETE"],
    ["no transaction", fin("101", [":20:A", debtor]), "MESSAGE_INCOMPLETE"],
    [
      "too much above too many transactions",
      fin("101", [
        ":20:A",
        ":28D:1/1",
        `:50H:/1${"\r\nBAKER".repeat(4000)}`,
        ":30:261120",
        ...Array.from({ length: 1000 }, () => ":21:B"),
      ]),
      "MESSAGE_TOO_LARGE",
    ],
    ["a message of a megabyte", fin("103", transfer({ more: [`:70:${"X".repeat(1_000_000)}`] })), "MESSAGE_TOO_LARGE"],
  ])("is refused: %s", (_, text, code) => {
    const made = convert(text);
    expect(codesOf(made)).toEqual([code]);
    expect(JSON.stringify(made)).not.toContain("BAKER");
  });

  test.each([
    ["two beneficiaries", transfer({ more: [":59A:/1\r\nBNPAFRPP"] }), "FIELD_MISPLACED", "BNPAFRPP"],
    ["50F beside 50K", transfer({ more: [":50F:/1\r\n1/VILE"] }), "FIELD_MISPLACED", "VILE"],
    ["a tag that the type has not", transfer({ more: [":86:VILE"] }), "FIELD_MISPLACED", "VILE"],
    ["a name in the place of a code", transfer({ more: [":26T:FOR VILE"] }), "FIELD_MISPLACED", "FOR VILE"],
    [
      "an amount that is none",
      transfer().map((line) => line.replace("12,50", "1O,50")),
      "FIELD_MISPLACED",
      "261123EUR1O,50",
    ],
    ["a date that is none", transfer().map((line) => line.replace("261123", "261331")), "FIELD_MISPLACED", "ANN BAKER"],
    [
      "more lines than there are",
      transfer({ more: [":70:A\r\nB\r\nC\r\nD\r\nVILE"] }),
      "FIELD_MISPLACED",
      "A B C D VILE",
    ],
  ])("holds the event, and is screened all the same: %s", (_, lines, code, said) => {
    const { event, fields } = only(convert(fin("103", lines)));
    expect(event.problems.map((problem) => problem.code)).toContain(code);
    expect(fields.map(({ text }) => text)).toContain(said);
  });
});
