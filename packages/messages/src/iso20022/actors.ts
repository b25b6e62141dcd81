import type { AgentRole, IdentifierKind, PartyRole } from "@cordon/schemas";

import type { FieldKind, FieldRole } from "../converted.ts";
import { accountOf, type Atom, type DraftAddress, emptyAddress, type EventDraft, isNoName } from "../event-draft.ts";
import type { SourceText } from "../text/source-text.ts";
import { childOf, childrenOf, nodeAt, type XmlNode } from "../xml/node.ts";
import { isOneWord } from "./leaves.ts";

/** The text of the first child at the end of a path of names, which is then taken. */
export function take(node: XmlNode | undefined, ...names: readonly string[]): SourceText | null {
  const found = node === undefined ? undefined : nodeAt(node, ...names);
  if (found === undefined || found.children.length > 0) return null;
  found.seen = true;
  return found.text;
}

/** What stands in the place of a code. Two words there are none, but a text. */
function takeCode(node: XmlNode | undefined, draft: EventDraft, ...names: readonly string[]): string | null {
  const code = take(node, ...names);
  if (code !== null && !isOneWord(code.text)) draft.line("remittanceInformation", "TEXT", code);
  return code?.text ?? null;
}

/** Texts of all children of that name that are not taken yet. */
export function takeAll(node: XmlNode, name: string): readonly SourceText[] {
  const texts: SourceText[] = [];
  for (const child of childrenOf(node, name)) {
    if (child.children.length > 0 || child.seen) continue;
    child.seen = true;
    if (child.text !== null) texts.push(child.text);
  }
  return texts;
}

function atom(kind: FieldKind, source: SourceText): Atom {
  return { kind, source };
}

const streetParts = ["StrtNm", "BldgNb"] as const;
const lineParts = [
  "Dept",
  "SubDept",
  "BldgNm",
  "Flr",
  "UnitNb",
  "PstBx",
  "Room",
  "TwnLctnNm",
  "DstrctNm",
  "AdrLine",
  "Adr",
] as const;

/** Reads a `PstlAdr`, and puts who is named in it into the draft. What it does not know stays untaken. */
function readAddress(
  node: XmlNode | undefined,
  at: { path: string; role: FieldRole },
  draft: EventDraft,
): DraftAddress | null {
  if (node === undefined) return null;
  const address = emptyAddress();
  const path = `${at.path}.address`;
  const put = (field: string, atoms: readonly Atom[]): string | null =>
    atoms.length === 0 ? null : draft.put({ path: `${path}.${field}`, role: at.role }, atoms);
  const more: SourceText[] = [];
  const one = (name: string, kind: FieldKind, field: string): string | null => {
    const [first, ...others] = takeAll(node, name);
    more.push(...others);
    return first === undefined ? null : put(field, [atom(kind, first)]);
  };
  address.street = put(
    "street",
    streetParts.flatMap((name) => takeAll(node, name).map((text) => atom("ADDRESS", text))),
  );
  address.postCode = one("PstCd", "ADDRESS", "postCode");
  address.town = one("TwnNm", "TOWN", "town");
  address.region = one("CtrySubDvsn", "ADDRESS", "region");
  address.country = one("Ctry", "COUNTRY", "country");
  const lines = [...lineParts.flatMap((name) => takeAll(node, name)), ...more].toSorted((a, b) => a.start - b.start);
  for (const text of lines)
    address.lines.push(
      draft.put({ path: `${path}.lines[${String(address.lines.length)}]`, role: at.role }, [atom("ADDRESS", text)]),
    );
  for (const careOf of takeAll(node, "CareOf")) {
    const related = draft.party("RELATED_PARTY");
    related.party.name = draft.put({ path: `${related.path}.name`, role: "RELATED_PARTY" }, [atom("NAME", careOf)]);
  }
  // A code in some versions, an element with one in others.
  takeCode(node, draft, "AdrTp");
  const type = nodeAt(node, "AdrTp");
  const own = take(type, "Prtry", "Id") ?? take(type, "Prtry");
  if (own !== null) draft.line("remittanceInformation", "TEXT", own);
  takeCode(type, draft, "Cd");
  if (type !== undefined && type.children.length > 0) takeRest(type, draft);
  return address;
}

/** Every text of it that is not taken yet, as a text; codes and such are none. */
export function takeRest(node: XmlNode | undefined, draft: EventDraft): void {
  if (node === undefined) return;
  if (node.children.length === 0 && !node.seen && node.text !== null) {
    node.seen = true;
    if ((node.name !== "Cd" && node.name !== "Ctry") || !isOneWord(node.text.text))
      draft.line("remittanceInformation", "TEXT", node.text);
  }
  for (const child of node.children) takeRest(child, draft);
}

const organisationKinds: Readonly<Record<string, IdentifierKind>> = { TXID: "TAX_ID", COID: "REGISTRATION" };
const personKinds: Readonly<Record<string, IdentifierKind>> = {
  CCPT: "PASSPORT",
  NIDN: "NATIONAL_ID",
  SOSE: "NATIONAL_ID",
  TXID: "TAX_ID",
};

/** A party with its account. `Pty` wraps it where an institution could stand there. */
export function readParty(outer: XmlNode, role: PartyRole, account: XmlNode | undefined, draft: EventDraft): void {
  const node = childOf(outer, "Pty") ?? outer;
  const id = childOf(node, "Id");
  const person = id === undefined ? undefined : childOf(id, "PrvtId");
  const organisation = id === undefined ? undefined : childOf(id, "OrgId");
  const type = person !== undefined ? "PERSON" : organisation !== undefined ? "ORGANISATION" : "UNKNOWN";
  const drafted = draft.party(role, type);
  const { party, path } = drafted;
  const at = { path, role };
  const names = childrenOf(node, "Nm");
  const said = takeAll(node, "Nm");
  const [name, ...others] = said;
  if (name !== undefined) party.name = draft.put({ path: `${path}.name`, role }, [atom("NAME", name)]);
  if (names.length > 0 && said.length === 0 && role === "RELATED_PARTY")
    draft.problem("FIELD_MISSING", names[0]!.path, "the name of a party is empty");
  if (name !== undefined && isNoName(name.text) && role !== "RELATED_PARTY")
    draft.problem("FIELD_MISSING", name.path, "what stands in the place of a name is none");
  for (const other of others) {
    const second = draft.party(role, type);
    second.party.name = draft.put({ path: `${second.path}.name`, role }, [atom("NAME", other)]);
    draft.problem("FIELD_MISPLACED", other.path, "a party has a second name");
  }
  const [address, ...more] = [...childrenOf(node, "PstlAdr"), ...childrenOf(node, "Adr")];
  party.address = readAddress(address, at, draft);
  for (const extra of more) takeRest(extra, draft);
  const residence = take(node, "CtryOfRes");
  if (residence !== null)
    party.residence = draft.put({ path: `${path}.residence`, role }, [atom("COUNTRY", residence)]);
  if (organisation !== undefined) readIdentifiers(organisation, drafted, organisationKinds, draft);
  if (person !== undefined) {
    readIdentifiers(person, drafted, personKinds, draft);
    readBirth(childOf(person, "DtAndPlcOfBirth"), drafted, draft);
  }
  readContact(childOf(node, "CtctDtls"), drafted, draft);
  if (account !== undefined) readPartyAccount(account, drafted, draft);
}

type Drafted = ReturnType<EventDraft["party"]>;

function readIdentifiers(
  node: XmlNode,
  to: Drafted,
  kinds: Readonly<Record<string, IdentifierKind>>,
  draft: EventDraft,
): void {
  for (const [name, kind] of [
    ["AnyBIC", "BIC"],
    ["BICOrBEI", "BIC"],
    ["BIC", "BIC"],
    ["LEI", "LEI"],
  ] as const)
    for (const text of takeAll(node, name)) draft.identifier(to, kind, atom(kind, text));
  for (const other of childrenOf(node, "Othr")) {
    const scheme = takeCode(other, draft, "SchmeNm", "Cd");
    const own = take(other, "SchmeNm", "Prtry");
    const issuer = take(other, "Issr");
    const value = take(other, "Id");
    if (value !== null) draft.identifier(to, kinds[scheme ?? ""] ?? "OTHER", atom("ID", value), issuer ?? own);
    if (own !== null && (value === null || issuer !== null)) draft.line("remittanceInformation", "TEXT", own);
    if (issuer !== null && value === null) draft.line("remittanceInformation", "TEXT", issuer);
  }
}

function readBirth(node: XmlNode | undefined, { party, path }: Drafted, draft: EventDraft): void {
  if (node === undefined) return;
  const { role } = party;
  const date = take(node, "BirthDt");
  if (date !== null) party.birthDate = draft.put({ path: `${path}.birthDate`, role }, [atom("BIRTH_DATE", date)]);
  const places: Atom[] = [];
  for (const [name, kind] of [
    ["CityOfBirth", "BIRTH_PLACE"],
    ["PrvcOfBirth", "BIRTH_PLACE"],
    ["CtryOfBirth", "COUNTRY"],
  ] as const) {
    const text = take(node, name);
    if (text !== null) places.push(atom(kind, text));
  }
  if (places.length > 0) party.birthPlace = draft.put({ path: `${path}.birthPlace`, role }, places, ", ");
}

function readContact(node: XmlNode | undefined, to: Drafted, draft: EventDraft): void {
  if (node === undefined) return;
  const { party, path } = to;
  const { role } = party;
  for (const name of takeAll(node, "Nm")) {
    const person = draft.party("RELATED_PARTY");
    person.party.name = draft.put({ path: `${person.path}.name`, role: "RELATED_PARTY" }, [atom("NAME", name)]);
  }
  for (const [name, field, kind] of [
    ["PhneNb", "PHONE", "PHONE"],
    ["MobNb", "PHONE", "PHONE"],
    ["FaxNb", "PHONE", "PHONE"],
    ["EmailAdr", "EMAIL", "EMAIL"],
    ["URLAdr", "ID", "OTHER"],
  ] as const)
    for (const text of takeAll(node, name)) {
      if (party.contact === null && kind !== "OTHER")
        party.contact = draft.put({ path: `${path}.contact`, role }, [atom(field, text)]);
      else draft.identifier(to, kind, atom(field, text));
    }
  for (const other of childrenOf(node, "Othr")) {
    const channel = take(other, "ChanlTp");
    const id = take(other, "Id");
    if (id !== null) draft.identifier(to, "OTHER", atom("ID", id), channel);
    else if (channel !== null) draft.line("remittanceInformation", "TEXT", channel);
  }
  for (const name of ["EmailPurp", "JobTitl", "Rspnsblty", "Dept", "Othr"])
    for (const text of takeAll(node, name)) draft.line("remittanceInformation", "TEXT", text);
  for (const name of ["NmPrfx", "PrefrdMtd"]) takeCode(node, draft, name);
}

/** What the account of a party or an agent holds, besides what an `Account` can. */
interface ReadAccount {
  readonly kind: "IBAN" | "ACCOUNT";
  readonly id: SourceText | null;
  readonly name: SourceText | null;
  readonly proxy: SourceText | null;
  readonly proxyKind: "PHONE" | "EMAIL" | "OTHER";
}

function readAccount(node: XmlNode, draft: EventDraft): ReadAccount {
  const iban = take(node, "Id", "IBAN");
  const other =
    take(node, "Id", "Othr", "Id") ??
    take(node, "Id", "PrtryAcct", "Id") ??
    take(node, "Id", "BBAN") ??
    take(node, "Id", "UPIC");
  const proxyType = takeCode(node, draft, "Prxy", "Tp", "Cd");
  const proxy = take(node, "Prxy", "Id");
  const name = take(node, "Nm");
  takeCode(node, draft, "Tp", "Cd");
  takeCode(node, draft, "Ccy");
  takeCode(node, draft, "Id", "Othr", "SchmeNm", "Cd");
  for (const path of [
    ["Tp", "Prtry"],
    ["Prxy", "Tp", "Prtry"],
    ["Id", "Othr", "SchmeNm", "Prtry"],
    ["Id", "Othr", "Issr"],
  ]) {
    const text = take(node, ...path);
    if (text !== null) draft.line("remittanceInformation", "TEXT", text);
  }
  if (iban !== null && other !== null) draft.line("remittanceInformation", "ACCOUNT", other);
  const proxyKind = proxyType === "TELE" ? "PHONE" : proxyType === "EMAL" ? "EMAIL" : "OTHER";
  return { kind: iban !== null ? "IBAN" : "ACCOUNT", id: iban ?? other, name, proxy, proxyKind };
}

function putAccount(read: ReadAccount, { path, role }: { path: string; role: FieldRole }, draft: EventDraft) {
  const value = read.id === null ? "" : draft.put({ path: `${path}.account.value`, role }, [atom(read.kind, read.id)]);
  const name = read.name === null ? null : draft.put({ path: `${path}.account.name`, role }, [atom("NAME", read.name)]);
  return accountOf(read.kind, value, name);
}

function readPartyAccount(node: XmlNode, to: Drafted, draft: EventDraft): void {
  const read = readAccount(node, draft);
  to.party.account = putAccount(read, { path: to.path, role: to.party.role }, draft);
  if (read.proxy !== null)
    draft.identifier(to, read.proxyKind, atom(read.proxyKind === "OTHER" ? "ID" : read.proxyKind, read.proxy));
}

/** An agent with its branch and its account. `Agt` wraps it where a customer could stand there. */
export function readAgent(
  outer: XmlNode | undefined,
  role: AgentRole,
  account: XmlNode | undefined,
  draft: EventDraft,
): void {
  const { agent, path } = draft.agent(role);
  const at = { path, role };
  const node = outer === undefined ? undefined : (childOf(outer, "Agt") ?? outer);
  const institution = node === undefined ? undefined : childOf(node, "FinInstnId");
  const branch = node === undefined ? undefined : childOf(node, "BrnchId");
  if (institution !== undefined) {
    // Versions before the third nest them.
    const inner = childOf(institution, "CmbndId") ?? institution;
    const named = childOf(inner, "NmAndAdr") ?? inner;
    const bic = take(inner, "BICFI") ?? take(inner, "BIC") ?? take(inner, "AnyBIC");
    if (bic !== null) agent.bic = draft.put({ path: `${path}.bic`, role }, [atom("BIC", bic)]);
    const lei = take(inner, "LEI");
    if (lei !== null) agent.lei = draft.put({ path: `${path}.lei`, role }, [atom("LEI", lei)]);
    readClearing(inner, { agent, path, role }, draft);
    const names = childrenOf(named, "Nm");
    const parts = takeAll(named, "Nm").concat(branch === undefined ? [] : takeAll(branch, "Nm"));
    if (parts.length > 0)
      agent.name = draft.put(
        { path: `${path}.name`, role },
        parts.map((text) => atom("NAME", text)),
      );
    else if (names.length > 0) agent.name = "";
    readJoined(parts.slice(1), role, draft);
    if (
      agent.name !== null &&
      isNoName(agent.name) &&
      agent.bic === null &&
      agent.lei === null &&
      agent.clearingId === null
    )
      draft.problem("FIELD_MISSING", names[0]?.path ?? null, "an institution is known by nothing");
    agent.address = readAddress(childOf(named, "PstlAdr"), at, draft);
  }
  if (branch !== undefined) readBranch(branch, { agent, path, role }, draft);
  if (account !== undefined) {
    const read = readAccount(account, draft);
    agent.account = putAccount(read, at, draft);
    if (read.proxy !== null) draft.line("remittanceInformation", "ID", read.proxy);
  }
  const known = [agent.bic, agent.lei, agent.name, agent.clearingId].some((text) => text !== null && text !== "");
  if (!known && agent.account === null) agent.name = "";
}

interface DraftedAgent {
  readonly agent: ReturnType<EventDraft["agent"]>["agent"];
  readonly path: string;
  readonly role: AgentRole;
}

/** What is joined behind another name is a name by itself, too: before it anything may stand. */
function readJoined(names: readonly SourceText[], role: AgentRole, draft: EventDraft): void {
  for (const source of names) {
    const { agent, path } = draft.agent(role);
    agent.name = draft.put({ path: `${path}.name`, role }, [{ kind: null, source }]);
  }
}

/** `USABA 021000021`; of what is more, each is an agent of its own. */
function readClearing(node: XmlNode, { agent, path, role }: DraftedAgent, draft: EventDraft): void {
  const member = childOf(node, "ClrSysMmbId");
  const numbers: Atom[][] = [];
  if (member !== undefined) {
    const system = take(member, "ClrSysId", "Cd") ?? take(member, "ClrSysId", "Prtry") ?? take(member, "Prtry");
    const number = take(member, "MmbId") ?? take(member, "Id");
    const atoms = [system, number].filter((text) => text !== null).map((text) => atom("CLEARING", text));
    if (atoms.length > 0) numbers.push(atoms);
  }
  for (const name of ["Othr", "PrtryId"])
    for (const other of childrenOf(node, name)) {
      const id = take(other, "Id");
      takeCode(other, draft, "SchmeNm", "Cd");
      for (const text of [take(other, "SchmeNm", "Prtry"), take(other, "Issr")])
        if (text !== null) draft.line("remittanceInformation", "TEXT", text);
      if (id !== null) numbers.push([atom("CLEARING", id)]);
    }
  numbers.forEach((atoms, i) => {
    const to = i === 0 ? { agent, path } : draft.agent(role);
    to.agent.clearingId = draft.put({ path: `${to.path}.clearingId`, role }, atoms);
  });
}

function readBranch(branch: XmlNode, { agent, path, role }: DraftedAgent, draft: EventDraft): void {
  if (agent.name === null) {
    const names = takeAll(branch, "Nm");
    if (names.length > 0)
      agent.name = draft.put(
        { path: `${path}.name`, role },
        names.map((text) => atom("NAME", text)),
      );
    readJoined(names.slice(1), role, draft);
  }
  const id = take(branch, "Id");
  if (id !== null) draft.line("remittanceInformation", "TEXT", id);
  const lei = take(branch, "LEI");
  const address = childOf(branch, "PstlAdr");
  if (lei === null && (address === undefined || agent.address === null)) {
    agent.address ??= readAddress(address, { path, role }, draft);
    return;
  }
  const second = draft.agent(role);
  if (lei !== null) second.agent.lei = draft.put({ path: `${second.path}.lei`, role }, [atom("LEI", lei)]);
  else second.agent.name = agent.name;
  second.agent.address = readAddress(address, { path: second.path, role }, draft);
}
