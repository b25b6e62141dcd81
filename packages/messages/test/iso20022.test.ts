import { type Converted, converter, convertMessage, messageLimits, surveyor } from "@cordon/messages";
import { describe, expect, test } from "vitest";

const NAMESPACE = "urn:iso:std:iso:20022:tech:xsd:pacs.008.001.08";
const options = { receivedAt: 1 };

function convert(text: string): readonly Converted[] {
  return convertMessage(new TextEncoder().encode(text), options);
}

/** The same, from a stream of two pieces. */
function convertCut(bytes: Uint8Array, at: number): readonly Converted[] {
  const pieces = [bytes.subarray(0, at), bytes.subarray(at)];
  const first = surveyor(options);
  for (const piece of pieces) first.push(piece);
  const second = converter(first.end(), options);
  return [...pieces.flatMap((piece) => second.push(piece)), ...second.end()];
}

const bank = (name: string, bic: string) => `<${name}><FinInstnId><BICFI>${bic}</BICFI></FinInstnId></${name}>`;

function transaction({ debtor = "<Nm>Ann Baker</Nm>", more = "" } = {}): string {
  return `<CdtTrfTxInf><PmtId><EndToEndId>E1</EndToEndId></PmtId><IntrBkSttlmAmt Ccy="EUR">12.50</IntrBkSttlmAmt><Dbtr>${debtor}</Dbtr>${bank("DbtrAgt", "COBADEFF")}${bank("CdtrAgt", "NWBKGB2L")}<Cdtr><Nm>Bob Carter</Nm></Cdtr>${more}</CdtTrfTxInf>`;
}

function document(transactions: string, { count = 1, root = "" } = {}): string {
  return `<Document xmlns="${NAMESPACE}"><FIToFICstmrCdtTrf><GrpHdr><MsgId>M1</MsgId><CreDtTm>2026-11-20T10:00:00Z</CreDtTm><NbOfTxs>${String(count)}</NbOfTxs></GrpHdr>${transactions}${root}</FIToFICstmrCdtTrf></Document>`;
}

const payment = (one: Converted | undefined) => {
  if (one?.kind !== "payment") throw new Error(`no payment: ${JSON.stringify(one)}`);
  return one;
};

const idUnder = (header: string): string =>
  payment(convert(`<E><AppHdr>${header}</AppHdr>${document(transaction())}</E>`)[0]).event.eventId;

const codesOf = (converted: readonly Converted[]) =>
  converted.map((one) =>
    one.kind === "payment" ? one.event.problems.map(({ code }) => code) : one.kind === "error" ? one.code : [],
  );

const block = (id: number) =>
  `<PmtInf><PmtInfId>P${String(id)}</PmtInfId><Dbtr><Nm>Ann Baker</Nm><PstlAdr>${"<AdrLine>x</AdrLine>".repeat(40)}</PstlAdr></Dbtr><CdtTrfTxInf><Amt><InstdAmt Ccy="EUR">1</InstdAmt></Amt><Cdtr><Nm>Bob ${String(id)}</Nm></Cdtr></CdtTrfTxInf></PmtInf>`;
const blocks = (count: number) =>
  `<Document><CstmrCdtTrfInitn><GrpHdr><MsgId>M</MsgId></GrpHdr>${Array.from({ length: count }, (_, i) => block(i)).join("")}<SplmtryData><Envlp><A>late</A></Envlp></SplmtryData></CstmrCdtTrfInitn></Document>`;

function named(...names: readonly string[]): string {
  return names.map((name) => `<Nm>${name}</Nm>`).join("");
}

describe("a message of ISO 20022", () => {
  test("becomes an event a transaction, with what stands once for all in each", () => {
    const made = convert(document(transaction() + transaction(), { count: 2 }));
    expect(made.map((one) => payment(one).event.source)).toMatchObject([
      { format: "pacs.008.001.08", messageId: "M1", transaction: 0, transactions: 2 },
      { transaction: 1, transactions: 2 },
    ]);
    expect(new Set(made.map((one) => payment(one).event.eventId)).size).toBe(2);
  });

  test("has the parties of its group in each event, with all that is said of them", () => {
    const initiator = "<InitgPty><Nm>Zed Ltd</Nm><PstlAdr><TwnNm>Leeds</TwnNm></PstlAdr></InitgPty>";
    const text = document(transaction() + transaction(), { count: 2 }).replace("</GrpHdr>", `${initiator}</GrpHdr>`);
    const read = convert(`<E><AppHdr><Fr>${bank("FIId", "BNPAFRPP")}</Fr></AppHdr>${text}</E>`);
    for (const one of read) {
      const { parties, agents } = payment(one).event;
      expect(parties[0]).toMatchObject({ role: "INITIATING_PARTY", name: "Zed Ltd", address: { town: "Leeds" } });
      expect(agents[0]).toMatchObject({ role: "INSTRUCTING", bic: "BNPAFRPP" });
    }
  });

  test("screens what stands under the name of a signature, which only a header has", () => {
    const made = convert(document(transaction({ debtor: "<Nm>Ann Baker</Nm><Sgntr>Jahovic</Sgntr>" })));
    const { event } = payment(made[0]);
    expect(event.problems.map(({ code }) => code)).toEqual(["FIELD_UNREAD"]);
    expect(event.remittanceInformation).toEqual(["Jahovic"]);
    const header = "<AppHdr><Sgntr><SignatureValue>YWJj</SignatureValue></Sgntr></AppHdr>";
    expect(payment(convert(`<E>${header}${document(transaction())}</E>`)[0]).event.problems).toEqual([]);
  });

  test("has texts of its header screened, and those of an earlier header without a role", () => {
    const header = `<AppHdr><Fr>${bank("FIId", "BNPAFRPP")}</Fr><BizMsgIdr>B1</BizMsgIdr><BizSvc>FOR JAHOVIC</BizSvc><CreDt>2026-11-20T10:00:00Z</CreDt><Rltd><Fr>${bank("FIId", "UNCRITMM")}</Fr><BizMsgIdr>B0</BizMsgIdr></Rltd></AppHdr>`;
    const { event } = payment(convert(`<E>${header}${document(transaction())}</E>`)[0]);
    expect(event.agents.slice(0, 2)).toMatchObject([
      { role: "INSTRUCTING", bic: "BNPAFRPP" },
      { role: "OTHER", bic: "UNCRITMM" },
    ]);
    expect(event.instructions).toEqual(["FOR JAHOVIC"]);
    expect(event.problems).toEqual([]);
    const strange = header.replace("</AppHdr>", "<Nick>JAHOVIC</Nick></AppHdr>");
    expect(codesOf(convert(`<E>${strange}${document(transaction())}</E>`))).toEqual([["FIELD_UNREAD"]]);
  });

  test.each([
    ["a contact's channel without an id", "<CtctDtls><Othr><ChanlTp>Vile Goon</ChanlTp></Othr></CtctDtls>"],
    ["a kind of address that is no code", "<PstlAdr><AdrTp>Vile Goon</AdrTp></PstlAdr>"],
    ["a code of one that is none", "<PstlAdr><AdrTp><Cd>Vile Goon</Cd></AdrTp></PstlAdr>"],
    ["an issuer of one", "<PstlAdr><AdrTp><Prtry><Id>HOME</Id><Issr>Vile Goon</Issr></Prtry></AdrTp></PstlAdr>"],
  ])("has %s screened as a text", (_, said) => {
    const { event } = payment(convert(document(transaction({ debtor: `<Nm>Ann Baker</Nm>${said}` })))[0]);
    expect(event.remittanceInformation).toContain("Vile Goon");
    expect(event.problems).toEqual([]);
  });

  test("has no text of a kind of address that is a code", () => {
    for (const said of ["<AdrTp>HOME</AdrTp>", "<AdrTp><Cd>HOME</Cd></AdrTp>"]) {
      const debtor = `<Nm>Ann Baker</Nm><PstlAdr>${said}</PstlAdr>`;
      const { event } = payment(convert(document(transaction({ debtor })))[0]);
      expect([event.remittanceInformation, event.problems]).toEqual([[], []]);
    }
  });

  test("within CDATA of another message is a text of that", () => {
    const outer = `<Document><Rpt><AddtlInf><![CDATA[${document(transaction())}]]></AddtlInf></Rpt></Document>`;
    expect(codesOf(convert(outer))).toEqual(["MESSAGE_UNSUPPORTED"]);
  });

  test("has not more above its transactions than can be read for each", () => {
    const group = `<InitgPty><Nm>Zed</Nm>${"<PstlAdr><AdrLine>x</AdrLine></PstlAdr>".repeat(20_000)}</InitgPty>`;
    const text = document(transaction().repeat(3), { count: 3 }).replace("</GrpHdr>", `${group}</GrpHdr>`);
    const bytes = new TextEncoder().encode(text);
    const limits = { ...messageLimits, maxRepeatedChars: 600_000 };
    expect(codesOf(convertMessage(bytes, { ...options, limits })).at(-1)).toBe("MESSAGE_TOO_LARGE");
  });

  test("of any number of blocks takes the memory of one, and none may be longer than an element may be", () => {
    const limits = { ...messageLimits, maxElementChars: 20_000 };
    const made = convertMessage(new TextEncoder().encode(blocks(100)), { ...options, limits });
    expect(codesOf(made)).toEqual(Array.from({ length: 100 }, () => []));
    expect(payment(made.at(-1)).event).toMatchObject({
      parties: [{ name: "Ann Baker" }, { name: "Bob 99" }],
      remittanceInformation: ["late"],
      instructions: ["P99"],
    });
    for (const long of ["GrpHdr", "PmtInf", "CdtTrfTxInf"]) {
      const text = blocks(3).replace(`<${long}>`, `<${long}>${"<A>x</A>".repeat(3000)}`);
      expect(codesOf(convertMessage(new TextEncoder().encode(text), { ...options, limits }))).toEqual([
        "MESSAGE_TOO_LARGE",
      ]);
    }
  });

  test("has the references that people give among its texts, whatever stands in them", () => {
    const wallet = "0xd8dA6BF26964aF9D7eEd9e03E53415D37aA96045";
    const more = `<RltdRmtInf><RmtId>Jahovic</RmtId></RltdRmtInf><Tax><RefNb>${wallet}</RefNb></Tax>`;
    const { event } = payment(convert(document(transaction({ more })))[0]);
    expect(event.instructions).toEqual(["Jahovic", wallet]);
    expect(event.problems).toEqual([]);
  });

  test.each([
    ["a comment", "AHMED<!-- x -->ALI", "AHMEDALI"],
    ["CDATA", "<![CDATA[Ann & Bob]]>", "Ann & Bob"],
    ["an entity", "Ann &amp; Bob", "Ann & Bob"],
    ["a line end", "Ann\r\n    Baker", "Ann Baker"],
    ["a line end of one character", "Ann\nBaker", "Ann Baker"],
  ])("joins a name with %s in it, and tells where each part stands", (_, raw, said) => {
    const text = document(transaction({ debtor: `<Nm>${raw}</Nm>` }));
    const { event, fields } = payment(convert(text)[0]);
    expect(event.parties[0]?.name).toBe(said);
    const field = fields.find(({ eventPath }) => eventPath === "parties[0].name")!;
    expect(field.path).toBe("CdtTrfTxInf[0]/Dbtr/Nm");
    const pieces = field.pieces!;
    const told = pieces.map((piece) => text.slice(piece.start, piece.end)).join("");
    expect(told.replaceAll(/\s+/g, " ").replace("&amp;", "&")).toBe(said);
  });

  test("is the same event in another envelope, with other prefixes, line ends and blanks between elements", () => {
    const bare = payment(convert(document(transaction()))[0]).event.eventId;
    const prefixed = document(transaction())
      .replaceAll(/<(\/?)(?=[A-Z])/g, "<$1p:")
      .replace("xmlns=", "xmlns:p=");
    const spaced = document(transaction()).replaceAll("><", ">\r\n  <");
    for (const other of [
      `<Envelope><Body>${prefixed}</Body></Envelope>`,
      spaced,
      `\uFEFF<?xml version="1.0"?>${prefixed}`,
    ])
      expect(payment(convert(other)[0]).event.eventId).toBe(bare);
    expect(payment(convert(document(transaction({ debtor: "<Nm>Ann Barker</Nm>" })))[0]).event.eventId).not.toBe(bare);
  });

  const sender = bank("FIId", "BNPAFRPP");

  test.each([
    ["a firm", (name: string) => `<Fr><OrgId><Nm>${name}</Nm></OrgId></Fr>`],
    [
      "the address of a bank",
      (name: string) => `<Fr>${sender.replace("</Fin", `<PstlAdr><AdrLine>${name}</AdrLine></PstlAdr></Fin`)}</Fr>`,
    ],
    [
      "somebody at that address",
      (name: string) => `<Fr>${sender.replace("</Fin", `<PstlAdr><CareOf>${name}</CareOf></PstlAdr></Fin`)}</Fr>`,
    ],
    [
      "a bank of an earlier header",
      (name: string) =>
        `<Fr>${sender}</Fr><Rltd><Fr><FIId><FinInstnId><Nm>${name}</Nm></FinInstnId></FIId></Fr></Rltd>`,
    ],
    ["a purpose", (name: string) => `<Fr>${sender}</Fr><Purp><Prtry>${name}</Prtry></Purp>`],
    ["a report", (name: string) => `<Fr>${sender}</Fr><RgltryRptg><Dtls><Inf>${name}</Inf></Dtls></RgltryRptg>`],
  ])("is another event where its header names another: %s", (_, header) => {
    expect(idUnder(header("Vile Goon"))).not.toBe(idUnder(header("Good Man")));
  });

  test("is the same event where its header names again who sends and receives", () => {
    const group = `<InstgAgt><FinInstnId><BICFI>BNPAFRPP</BICFI></FinInstnId></InstgAgt></GrpHdr>`;
    const told = document(transaction()).replace("</GrpHdr>", group);
    const { eventId } = payment(convert(told)[0]).event;
    expect(payment(convert(`<E><AppHdr><Fr>${sender}</Fr></AppHdr>${told}</E>`)[0]).event.eventId).toBe(eventId);
  });

  test("has a name that is joined behind another by itself, too, with its place", () => {
    const branch = `<BrnchId>${named("Goran Ltd")}<LEI>529900T8BM49AURSDO55</LEI></BrnchId>`;
    const text = (institution: string) =>
      document(transaction({ more: `<IntrmyAgt1><FinInstnId>${institution}</FinInstnId>${branch}</IntrmyAgt1>` }));
    for (const institution of [named("Harbour Mutual"), named("Harbour Mutual", "Goran Ltd")]) {
      const message = text(institution);
      const { event, fields } = payment(convert(message)[0]);
      const alone = event.agents.map(({ name }, at) => ({ name, at })).filter(({ name }) => name === "Goran Ltd");
      expect(alone).toHaveLength(institution === named("Harbour Mutual") ? 1 : 2);
      for (const { at } of alone) {
        const origin = event.origins.find(({ path }) => path === `agents[${String(at)}].name`);
        expect(message.slice(origin?.start, origin?.end)).toBe("Goran Ltd");
      }
      expect(event.agents.some(({ name }) => name?.startsWith("Harbour Mutual Goran Ltd") === true)).toBe(true);
      expect(fields.filter(({ text: said }) => said === "Goran Ltd")).toHaveLength(alone.length);
    }
  });

  test("is the same wherever its bytes are cut, between and within all that parts of it are marked by", () => {
    const name = "<Nm>A<!-- a -->n\u00e9<![CDATA[ & ]]>&amp;&#x1F600;\u{1F600}\r\n  Co</Nm><?p i?>";
    const one = document(transaction({ debtor: `<!-- - -->${name}<PstlAdr a="b>c"><Ctry>GB</Ctry></PstlAdr>` }));
    const head = `<?xml version="1.0"?><!--${"-x".repeat(120)}-->`;
    const bytes = new TextEncoder().encode(`${head}${one}<!-- next --><E>${one}</E>`);
    const whole = convertMessage(bytes, options);
    expect(whole.map((each) => payment(each).event.parties[0]?.name)).toEqual(Array(2).fill("Ané & &😀😀 Co"));
    const said = JSON.stringify(whole);
    const places = Array.from({ length: one.length }, (_, at) => head.length + at);
    expect(places.filter((at) => JSON.stringify(convertCut(bytes, at)) !== said)).toEqual([]);
  });

  test("at once is the same as surveyed first, whatever it holds beside one transaction", () => {
    const one = document(transaction());
    const late = "<SplmtryData><Envlp><A>late</A></Envlp></SplmtryData>";
    const escaped = one.replaceAll("<", "&lt;");
    const [cancellation, group] = ["urn:iso:std:iso:20022:tech:xsd:camt.056.001.08", "<OrgnlMsgId>M1</OrgnlMsgId>"];
    const texts = [
      one,
      `<E><AppHdr><BizMsgIdr>B1</BizMsgIdr></AppHdr>${one}</E>`,
      document(transaction() + transaction(), { count: 2 }),
      document(transaction(), { count: 2 }),
      document(transaction(), { root: late }),
      document(transaction(), { root: "beside" }),
      document(transaction({ debtor: "" })),
      document(""),
      blocks(1),
      blocks(3),
      one.replace("</Document>", "beside</Document>"),
      one.replace("</Document>", "<Nm>Goran Ltd</Nm></Document>"),
      one.replace("<Document ", '<Document by="Goran Ltd" '),
      one + one,
      `${one}<Document><Other/></Document>`,
      `<E>${one}<P>${escaped}</P></E>`,
      `<E><P>${escaped}</P><AppHdr/></E>`,
      `<Document xmlns="${cancellation}"><FIToFIPmtCxlReq><Assgnmt><Id>A1</Id></Assgnmt><CtrlData><NbOfTxs>5</NbOfTxs></CtrlData><Undrlyg><OrgnlGrpInfAndCxl>${group}</OrgnlGrpInfAndCxl></Undrlyg></FIToFIPmtCxlReq></Document>`,
    ];
    for (const text of texts) {
      const bytes = new TextEncoder().encode(text);
      expect(convertMessage(bytes, options)).toEqual(convertCut(bytes, bytes.length));
    }
  });

  test("may be one of several in a file, each with a declaration of its own", () => {
    const one = `<?xml version="1.0" encoding="UTF-8"?>${document(transaction())}\n`;
    expect(codesOf(convert(one + one))).toEqual([[], []]);
  });

  test("within CDATA of an envelope is read, and its places are those of the whole", () => {
    const text = `<W><P><![CDATA[${document(transaction())}]]></P></W>`;
    const { fields } = payment(convert(text)[0]);
    for (const { start, end, text: said } of fields) expect(text.slice(start, end)).toBe(said);
  });

  test("escaped within an envelope is read, and its places are those of the whole", () => {
    const inner = document(transaction()).replaceAll("&", "&amp;").replaceAll("<", "&lt;");
    const text = `<W>${inner}</W>`;
    const field = payment(convert(text)[0]).fields.find(({ eventPath }) => eventPath === "parties[0].name")!;
    expect(text.slice(field.start, field.end)).toBe("Ann Baker");
  });

  test("has what stands behind its transactions in each event", () => {
    const made = convert(
      document(transaction() + transaction(), {
        count: 2,
        root: "<SplmtryData><Envlp><X>late text</X></Envlp></SplmtryData>",
      }),
    );
    for (const one of made) expect(payment(one).event.remittanceInformation).toEqual(["late text"]);
  });
});

describe("what cannot be converted", () => {
  test.each([
    ["nothing", "", "MESSAGE_EMPTY"],
    ["blanks", " \n ", "MESSAGE_EMPTY"],
    ["no XML", "hello", "MESSAGE_MALFORMED"],
    ["cut off", document(transaction()).slice(0, 300), "MESSAGE_MALFORMED"],
    ["a DOCTYPE", `<!DOCTYPE x [<!ENTITY e "x">]>${document(transaction())}`, "MESSAGE_MALFORMED"],
    ["another message", "<Document><IdVrfctnReq/></Document>", "MESSAGE_UNSUPPORTED"],
    ["a header alone", "<AppHdr><Fr/></AppHdr>", "MESSAGE_UNSUPPORTED"],
    ["no transaction", document(""), "MESSAGE_INCOMPLETE"],
    ["too deep", `<Document>${"<a>".repeat(80)}${"</a>".repeat(80)}</Document>`, "MESSAGE_TOO_LARGE"],
    ["a text too long", document(transaction({ debtor: `<Nm>${"x".repeat(70_000)}</Nm>` })), "MESSAGE_TOO_LARGE"],
  ])("is an error and no event: %s", (_, text, code) => {
    const made = convert(text);
    expect(made.every(({ kind }) => kind === "error")).toBe(true);
    expect(codesOf(made)).toContain(code);
  });

  test("is an error in a file beside a message that is read", () => {
    expect(codesOf(convert(`<E>${document(transaction())}<Document><Other/></Document></E>`))).toEqual([
      [],
      "MESSAGE_UNSUPPORTED",
    ]);
  });

  test("bytes that are not of the encoding are told as such", () => {
    const bytes = new Uint8Array([
      ...new TextEncoder().encode('<?xml version="1.0" encoding="UTF-8"?><a>'),
      0xfc,
      0x3c,
    ]);
    expect(codesOf(convertMessage(bytes, options))).toEqual(["MESSAGE_ENCODING"]);
  });

  test.each([
    ["an element that nobody knows", transaction({ debtor: "<Nm>Ann</Nm><Nick>Vile</Nick>" }), "FIELD_UNREAD", "Vile"],
    ["a text beside elements", transaction({ debtor: "Vile<Nm>Ann</Nm>" }), "FIELD_UNREAD", "Vile"],
    ["an attribute", transaction({ debtor: '<Nm alias="Vile">Ann</Nm>' }), "FIELD_UNREAD", "Vile"],
    ["a text of a debtor beside an account", transaction({ debtor: "<Nm>Ann</Nm>Vile" }), "FIELD_UNREAD", "Vile"],
    ["two debtors", transaction({ more: "<Dbtr><Nm>Vile</Nm></Dbtr>" }), "FIELD_MISPLACED", "Vile"],
  ])("holds the event, and is screened all the same: %s", (_, text, code, said) => {
    const { event, fields } = payment(convert(document(text))[0]);
    expect(event.problems.map((problem) => problem.code)).toContain(code);
    expect(fields.map((field) => field.text)).toContain(said);
  });

  const strays = ["FIToFICstmrCdtTrf", "GrpHdr", "Document"].flatMap((name): readonly [string, RegExp, string][] => [
    [`a text at the beginning of ${name}`, new RegExp(`(<${name}[^>]*>)`), "$1Vile"],
    [`a text at the end of ${name}`, new RegExp(`(</${name}>)`), "Vile$1"],
    [`an attribute of ${name}`, new RegExp(`<${name}`), `<${name} alias="Vile"`],
  ]);
  test.each(strays)("holds each event, and is screened in each: %s", (_, where, replaced) => {
    const text = document(transaction() + transaction(), { count: 2 }).replace(where, replaced);
    for (const whole of [text, `<W><P><![CDATA[${text}]]></P></W>`, `<E><B>${text}</B></E>`]) {
      const made = convert(whole).map(payment);
      expect(made).toHaveLength(2);
      for (const { event, fields } of made) {
        expect(event.problems.map(({ code }) => code)).toEqual(["FIELD_UNREAD"]);
        const said = fields.filter((field) => field.text === "Vile");
        expect(said.map(({ start, end }) => whole.slice(start, end))).toEqual(["Vile"]);
      }
    }
  });

  test.each([
    ["before it", /(?=<FIToFI)/, "<Nick>Vile</Nick>"],
    ["behind it", /(?=<\/Document)/, "<Nick>Vile</Nick>"],
    ["behind it, in an attribute", /(?=<\/Document)/, '<Nick a="Vile"/>'],
    [
      "behind it, in a header",
      /(?=<\/Document)/,
      "<AppHdr><Fr><FIId><FinInstnId><Nm>Vile</Nm></FinInstnId></FIId></Fr></AppHdr>",
    ],
    ["around it", /<FIToFI.*(?=<\/Document)/, "<W>Vile$&</W>"],
    ["around another Document", /.*/, "<Document><W>Vile$&</W></Document>"],
  ])("an element of a Document beside its message is refused, for nobody reads it: %s", (_, where, said) => {
    for (const whole of [
      document(transaction()).replace(where, said),
      `<E><P><![CDATA[${document(transaction()).replace(where, said)}]]></P></E>`,
    ])
      expect(codesOf(convert(whole))).toEqual(["MESSAGE_MALFORMED"]);
  });

  const unheard = "<AppHdr><Fr><OrgId><Nm>Vile</Nm></OrgId></Fr></AppHdr>";
  const other = `<AppHdr><Fr>${bank("FIId", "BNPAFRPP")}</Fr></AppHdr>`;
  test.each([
    ["before another", `<E>${unheard}${other}${document(transaction())}</E>`],
    ["behind the message", `<E>${document(transaction())}${unheard}</E>`],
    ["behind the message, as a document of its own", `${document(transaction())}${unheard}`],
    ["beside a message in a text of its own", `<E>${unheard}<P><![CDATA[${document(transaction())}]]></P></E>`],
    ["within such a text", `<E><P><![CDATA[<F>${document(transaction())}${unheard}</F>]]></P></E>`],
  ])("a header that no message follows is refused, for nobody reads it: %s", (_, text) => {
    expect(codesOf(convert(text))).toContain("MESSAGE_MALFORMED");
  });

  test("a header of a message that is not read is none of the next", () => {
    const unread = `<E>${unheard}<Document><Rpt/></Document></E>`;
    const made = convert(`${unread}<E>${other}${document(transaction())}</E>${document(transaction())}`);
    expect(codesOf(made)).toEqual(["MESSAGE_UNSUPPORTED", [], []]);
    const told = made.slice(1).map((one) => JSON.stringify(payment(one).event));
    expect(told.map((text) => [text.includes("BNPAFRPP"), text.includes("Vile")])).toEqual([
      [true, false],
      [false, false],
    ]);
  });

  test("a header within a Document belongs to the message behind it, and what is around that without a text is passed over", () => {
    const header = "<AppHdr><Fr><FIId><FinInstnId><Nm>Vile</Nm></FinInstnId></FIId></Fr></AppHdr>";
    const { event } = payment(convert(document(transaction()).replace(/(?=<FIToFI)/, header))[0]);
    expect(event.agents.map(({ name }) => name)).toContain("Vile");
    expect(codesOf(convert(document(transaction()).replace(/<FIToFI.*(?=<\/Document)/, "<W> $& </W>")))).toEqual([[]]);
  });

  test.each([0, 40])(
    "a text in a block of payments, after %i of its transactions, holds those of that block",
    (place) => {
      const text = blocks(3).replace("<PmtInfId>P1</PmtInfId>", place === 0 ? "$&Vile" : "$&");
      const vile = place === 0 ? text : text.replace("<Nm>Bob 1</Nm></Cdtr></CdtTrfTxInf>", "$&Vile");
      expect(codesOf(convert(vile))).toEqual([[], ["FIELD_UNREAD"], []]);
    },
  );

  test("of any number of elements behind the transactions none goes unread", () => {
    const last = "<SplmtryData><Envlp><X>Vile</X></Envlp></SplmtryData>";
    const made = (count: number) => convert(document(transaction(), { root: last.repeat(count) }));
    expect(payment(made(1000)[0]).event.remittanceInformation).toHaveLength(1000);
    expect(codesOf(made(1001))).toEqual(["MESSAGE_TOO_LARGE"]);
  });

  test("another number of transactions than there are holds each", () => {
    expect(codesOf(convert(document(transaction() + transaction())))).toEqual([["COUNT_MISMATCH"], ["COUNT_MISMATCH"]]);
  });

  test("an amount that is none makes an event of no money", () => {
    const { event } = payment(convert(document(transaction()).replace("12.50", "1O.50"))[0]);
    expect(event.money.currency).toBe("XXX");
    expect(event.problems.map(({ code }) => code)).toEqual(["FIELD_MISPLACED"]);
  });
});
