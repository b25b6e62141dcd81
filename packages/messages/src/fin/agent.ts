import type { AgentRole } from "@cordon/schemas";

import { accountOf, emptyAddress, type EventDraft, isBic, isNoName } from "../event-draft.ts";
import type { SourceText } from "../text/source-text.ts";
import { filledLines, type FinField, lineText } from "./field.ts";
import { behind, joinLines, LINE } from "./lines.ts";
import { type AddressLine, addressLines, nameLines } from "./name-lines.ts";
import { isIban } from "./party-texts.ts";
import { misplaced, tellCut } from "./problems.ts";

type Drafted = ReturnType<EventDraft["agent"]> & { readonly role: AgentRole };

/** Reads an institution: A party line and BIC, B party line and place, C party line, D party line, name and address. */
export function readAgent(field: FinField, role: AgentRole, draft: EventDraft): void {
  const drafted = { ...draft.agent(role), role };
  tellCut(field, LINE, draft);
  const lines = readPartyLines(field, drafted, draft);
  switch (field.option) {
    case "A":
      readBic(field, lines, drafted, draft);
      break;
    case "B":
      readPlace(field, lines, drafted, draft);
      break;
    default:
      readNamed(field, lines, drafted, draft);
  }
  tellNameless(field, drafted, draft);
}

/** Party lines stand in front, each with a slash: an account, behind two slashes a clearing number. */
function readPartyLines(field: FinField, drafted: Drafted, draft: EventDraft): readonly number[] {
  const lines = filledLines(field);
  let count = 0;
  for (const index of lines) {
    const line = lineText(field, index);
    // Of names that begin with a slash the first stays one, as long as nothing else is there.
    if (!line.text.startsWith("/") || count === MOST_PARTY_LINES) break;
    count++;
    if (line.text.startsWith("//")) putClearing(behind(line, 2), drafted, draft);
    else putAccount(behind(line, /^\/(?:[CD]\/(?=.))?/.exec(line.text)![0].length), drafted, draft);
  }
  if (count > 1) misplaced(draft, field.path, "more than one party line");
  return lines.slice(count);
}

const MOST_PARTY_LINES = 2;

function putClearing(source: SourceText, { agent, path, role }: Drafted, draft: EventDraft): void {
  if (source.text === "") return;
  if (agent.clearingId === null)
    agent.clearingId = draft.put({ path: `${path}.clearingId`, role }, [{ kind: "CLEARING", source }]);
  else draft.line("instructions", "CLEARING", source);
}

function putAccount(source: SourceText, { agent, path, role }: Drafted, draft: EventDraft): void {
  if (source.text === "") return;
  if (agent.account !== null) {
    draft.line("instructions", "ACCOUNT", source);
    return;
  }
  const kind = isIban(source.text) ? "IBAN" : "ACCOUNT";
  agent.account = accountOf(kind, draft.put({ path: `${path}.account.value`, role }, [{ kind, source }]), null);
}

/** What stands in the place of a BIC and is none is a name, for it may be one. */
function readBic(field: FinField, lines: readonly number[], drafted: Drafted, draft: EventDraft): void {
  const { agent, path, role } = drafted;
  const [first, ...others] = lines;
  if (first === undefined) {
    misplaced(draft, field.path, "no BIC");
    return;
  }
  const line = lineText(field, first);
  if (isBic(line.text)) agent.bic = draft.put({ path: `${path}.bic`, role }, [{ kind: "BIC", source: line }]);
  else {
    misplaced(draft, line.path, "what stands in the place of a BIC is none");
    agent.name = draft.put({ path: `${path}.name`, role }, [{ kind: "NAME", source: line }]);
  }
  if (others.length === 0) return;
  misplaced(draft, field.path, "more lines than a party line and a BIC");
  if (isBic(line.text)) readNamed(field, others, drafted, draft);
  else addLines(field, others.map(asAddress), drafted, draft);
}

function readPlace(field: FinField, lines: readonly number[], drafted: Drafted, draft: EventDraft): void {
  if (lines.length > 1) misplaced(draft, field.path, "more lines than a party line and a place");
  addLines(field, lines.map(asAddress), drafted, draft);
}

function readNamed(field: FinField, lines: readonly number[], drafted: Drafted, draft: EventDraft): void {
  if (lines.length === 0) return;
  if (lines.length > MOST_LINES || field.option === "C") misplaced(draft, field.path, "more lines than the field has");
  const { agent, path, role } = drafted;
  const count = nameLines(field, lines);
  const named = lines.slice(0, count).map((index) => ({ index, skipped: 0 }));
  const { text } = joinLines(field, named, LINE);
  agent.name = draft.put({ path: `${path}.name`, role }, [{ kind: "NAME", source: text }]);
  addLines(field, addressLines(field, lines, count), drafted, draft);
}

const MOST_LINES = 4;

const asAddress = (index: number): AddressLine => ({ index, isName: false });

function addLines(
  field: FinField,
  lines: readonly AddressLine[],
  { agent, path, role }: Drafted,
  draft: EventDraft,
): void {
  if (lines.length === 0) return;
  const address = (agent.address ??= emptyAddress()) as ReturnType<typeof emptyAddress>;
  for (const { index, isName } of lines) {
    const at = { path: `${path}.address.lines[${String(address.lines.length)}]`, role };
    address.lines.push(draft.put(at, [{ kind: isName ? null : "ADDRESS", source: lineText(field, index) }]));
  }
}

function tellNameless(field: FinField, { agent }: Drafted, draft: EventDraft): void {
  const { bic, lei, name, clearingId, account, address } = agent;
  const isCoded = bic !== null || lei !== null || clearingId !== null;
  if (isCoded) return;
  if (name === null ? account === null && address === null : isNoName(name))
    draft.problem("FIELD_MISSING", field.path, "an institution is known by nothing");
}
