import type { Choice } from "./choose.ts";

/* SWIFT FIN messages made by a grammar. Their people and firms are placeholders. */

export const finTypes = [
  "MT103",
  "MT103STP",
  "MT103REMIT",
  "MT202",
  "MT202COV",
  "MT205",
  "MT205COV",
  "MT101",
  "MT192",
  "MT295",
  "MT196",
  "MT199",
  "MT910",
] as const;

export type FinSample = (typeof finTypes)[number];

export function finMessage(type: FinSample, choice: Choice): string {
  const flag = type.slice(5);
  const user = `{3:{108:SAMPLE}${flag === "" ? "" : `{119:${flag}}`}{121:174c245f-2682-4291-ad67-2a41e530cd27}}`;
  const lines = bodies[type](choice).filter((line) => line !== "");
  const head = `{1:F01COBADEFFAXXX0001000001}{2:I${type.slice(2, 5)}NWBKGB2LXXXXN}`;
  return `${head}${user}{4:\r\n${lines.join("\r\n")}\r\n-}{5:{CHK:123456789ABC}}`;
}

function said(what: string, choice: Choice): string {
  return `SAMPLE ${what} ${String(choice.next())}`;
}

function opt(choice: Choice, make: () => string): string {
  return choice.maybe() ? make() : "";
}

function customer(tag: "50" | "59", choice: Choice, options: readonly [string, ...string[]]): string {
  const option = choice.one(options);
  const account = `/${choice.one([`12345${String(choice.next())}`, "GB29NWBK60161331926819"])}`;
  if (option === "A" || option === "G") return `:${tag}${option}:${account}\r\nUNCRITMM`;
  if (option === "F") {
    const born =
      tag === "50" ? [`4/19710203`, `5/CH/${said("BIRTHPLACE", choice)}`] : [`2/${said("STREET", choice)}`, ""];
    const lines = [account, `1/${said("NAME", choice)}`, ...born, `3/CH/${said("TOWN", choice)}`];
    const ordered = lines.filter((line) => line !== "").toSorted((a, b) => (a < b ? -1 : 1));
    return `:${tag}F:${ordered.join("\r\n")}`;
  }
  return `:${tag}${option}:${account}\r\n${said("NAME", choice)}\r\n${said("STREET", choice)}\r\n${said("TOWN", choice)}`;
}

function agent(tag: string, choice: Choice, options: readonly [string, ...string[]]): string {
  const option = choice.one(options);
  const party = choice.one([`/C/98765${String(choice.next())}`, `/${said("BRANCH", choice)}`, "//FW021000021"]);
  if (option === "A") return `:${tag}A:${party}\r\nUNCRITMM`;
  if (option === "B") return `:${tag}B:${party}\r\n${said("PLACE", choice)}`;
  if (option === "C") return `:${tag}C://SC123456`;
  return `:${tag}D:${party}\r\n${said("BANK", choice)}\r\n${said("TOWN", choice)}`;
}

const amount = ":32A:261123EUR12,50";

function texts(choice: Choice): readonly string[] {
  const code = choice.one(["/ACC/", "/INS/", "/REC/", "/BNF/"]);
  return [
    opt(choice, () => `:72:${code}${said("TEXT", choice)}\r\n//${said("MORE", choice)}`),
    opt(choice, () => `:77B:/ORDERRES/CH//${said("REPORT", choice)}`),
  ];
}

function transfer(choice: Choice, isStraight: boolean, isLong: boolean): readonly string[] {
  const options: readonly [string, ...string[]] = isStraight ? ["A"] : ["D", "A"];
  return [
    ":20:REF1",
    ":23B:CRED",
    opt(choice, () => `:23E:HOLD/${said("CALL", choice)}`),
    amount,
    customer("50", choice, ["K", "F", "A"]),
    opt(choice, () => agent("52", choice, options)),
    opt(choice, () => agent("53", choice, isStraight ? ["A"] : ["B", "A", "D"])),
    opt(choice, () => agent("56", choice, isStraight ? ["A"] : ["D", "A", "C"])),
    opt(choice, () => agent("57", choice, isStraight ? ["A"] : ["D", "A", "B", "C"])),
    customer("59", choice, ["", "F", "A"]),
    isLong ? "" : opt(choice, () => `:70:/INV/${said("TEXT", choice)}\r\n${said("MORE", choice)}`),
    ":71A:SHA",
    ...texts(choice),
    isLong ? `:77T:/NARR/${said("TEXT", choice)}\r\n${said("MORE", choice)}` : "",
  ];
}

function banks(choice: Choice): readonly string[] {
  return [
    ":20:REF1",
    ":21:REL1",
    amount,
    agent("52", choice, ["D", "A"]),
    opt(choice, () => agent("56", choice, ["D", "A"])),
    opt(choice, () => agent("57", choice, ["B", "D", "A"])),
    agent("58", choice, ["D", "A"]),
    opt(choice, () => `:72:/BNF/${said("TEXT", choice)}`),
  ];
}

function underlying(choice: Choice): readonly string[] {
  return [
    customer("50", choice, ["F", "K", "A"]),
    opt(choice, () => agent("52", choice, ["D", "A"])),
    opt(choice, () => agent("57", choice, ["D", "C", "A"])),
    customer("59", choice, ["F", "", "A"]),
    opt(choice, () => `:70:${said("TEXT", choice)}`),
    opt(choice, () => `:72:/REC/${said("TEXT", choice)}`),
    ":33B:EUR12,50",
  ];
}

function request(choice: Choice): readonly string[] {
  const one = (id: string): readonly string[] => [
    `:21:${id}`,
    opt(choice, () => `:23E:PHON/${said("CALL", choice)}`),
    ":32B:EUR5,",
    opt(choice, () => agent("56", choice, ["D", "A"])),
    opt(choice, () => agent("57", choice, ["D", "A", "C"])),
    customer("59", choice, ["", "F", "A"]),
    opt(choice, () => `:70:${said("TEXT", choice)}`),
    ":71A:OUR",
    opt(choice, () => `:25A:/${said("CHARGED", choice)}`),
  ];
  return [
    ":20:REF1",
    ":28D:1/1",
    opt(choice, () => `:50L:${said("INSTRUCTS", choice)}`),
    customer("50", choice, ["H", "F", "G"]),
    opt(choice, () => agent("52", choice, ["A"])),
    ":30:261123",
    opt(choice, () => `:25:${said("AUTHORISED", choice)}`),
    ...one("TX1"),
    ...opt2(choice, () => one("TX2")),
  ];
}

function opt2(choice: Choice, make: () => readonly string[]): readonly string[] {
  return choice.maybe() ? make() : [];
}

function query(choice: Choice, tag: "75" | "76" | "79"): readonly string[] {
  return [
    ":20:REF1",
    ":21:REL1",
    tag === "79" ? "" : opt(choice, () => ":11S:103\r\n261123"),
    `:${tag}:${said("TEXT", choice)}\r\n${said("MORE", choice)}`,
    opt(choice, () => `:77A:${said("ANSWER", choice)}`),
    opt(choice, () => customer("50", choice, ["K", "F"])),
    opt(choice, () => agent("52", choice, ["D", "A"])),
    opt(choice, () => customer("59", choice, ["", "F"])),
  ];
}

const bodies: Readonly<Record<FinSample, (choice: Choice) => readonly string[]>> = {
  MT103: (choice) => transfer(choice, false, false),
  MT103STP: (choice) => transfer(choice, true, false),
  MT103REMIT: (choice) => transfer(choice, false, true),
  MT202: banks,
  MT205: banks,
  MT202COV: (choice) => [...banks(choice), ...underlying(choice)],
  MT205COV: (choice) => [...banks(choice), ...underlying(choice)],
  MT101: request,
  MT192: (choice) => query(choice, "79"),
  MT295: (choice) => query(choice, "75"),
  MT196: (choice) => query(choice, "76"),
  MT199: (choice) => query(choice, "79"),
  MT910: (choice) => [
    ":20:REF1",
    ":21:REL1",
    ":25:9875687",
    amount,
    customer("50", choice, ["F", "K", "A"]),
    opt(choice, () => agent("52", choice, ["D", "A"])),
    opt(choice, () => agent("56", choice, ["D", "A"])),
    opt(choice, () => `:72:${said("TEXT", choice)}`),
  ],
};
