import { accountOf, emptyAddress, type EventDraft } from "../event-draft.ts";
import type { SourceText } from "../text/source-text.ts";

export type DraftedParty = ReturnType<EventDraft["party"]>;

export function putAccount({ party, path }: DraftedParty, source: SourceText, draft: EventDraft): void {
  if (source.text === "") return;
  const kind = isIban(source.text) ? "IBAN" : "ACCOUNT";
  const at = { path: `${path}.account.value`, role: party.role };
  party.account = accountOf(kind, draft.put(at, [{ kind, source }]), null);
}

export function isIban(text: string): boolean {
  return /^[A-Z]{2}\d{2}[A-Z0-9]{11,30}$/.test(text.replaceAll(" ", ""));
}

export function putName({ party, path }: DraftedParty, source: SourceText, draft: EventDraft): void {
  party.name = draft.put({ path: `${path}.name`, role: party.role }, [{ kind: "NAME", source }]);
}

/** Lines of an address; null where it is told as a name already. */
export function addLine(
  { party, path }: DraftedParty,
  kind: "ADDRESS" | null,
  source: SourceText,
  draft: EventDraft,
): void {
  const address = (party.address ??= emptyAddress()) as ReturnType<typeof emptyAddress>;
  const at = { path: `${path}.address.lines[${String(address.lines.length)}]`, role: party.role };
  address.lines.push(draft.put(at, [{ kind, source }]));
}
