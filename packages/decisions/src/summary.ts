import type { DesignationType, NameKind, NameStrength } from "@cordon/matching";

import type { FieldMatch, MatchedIdentifier } from "./field-match.ts";
import { identifierWords } from "./identifier-words.ts";
import { shortened } from "./shortened.ts";
import { wordsOfBearersText, wordsOfReference } from "./text-words.ts";

const typeWords: Readonly<Record<DesignationType, string>> = {
  PERSON: "a person",
  ORGANISATION: "an organisation",
  VESSEL: "a ship",
  AIRCRAFT: "an aircraft",
  OTHER: "an entry",
};

const placeWords = { TOWN: "a town or region", COUNTRY: "a country", WORD: "a word" } as const;

const kindWords: Readonly<Record<Exclude<NameKind, "PRIMARY">, string>> = {
  VARIATION: "spelling",
  ALIAS: "alias",
  FORMER: "former name",
};

/**
 * A match in one plain sentence, for the person who must decide in seconds:
 * `The beneficiary "J. Doe" matches "John DOE" (97.5 %), an alias of "Jonathan DOE", a person on the UK list: <regime>.`
 * `Remittance information line 1 contains "JOHN DOE", which matches "John DOE" (100 %), a person on the UK list: <regime>.`
 * `Address line 1 of the creditor contains "JOHN DOE", which matches "John DOE" (100 %), a person on the UK list: <regime>.`
 * `Message line 1 contains "JOHN" (goes on in message[1]: "DOE"), which matches "John DOE" (100 %), a person on the UK list: <regime>.`
 * `The IMO number "9562233" of the creditor is that of "KOROLEV", a ship on the UK list: <regime>.`
 */
export function summaryOf(match: FieldMatch): string {
  const { designation } = match;
  const { type, place } = designation;
  const entry = `${place === undefined ? typeWords[type] : placeWords[place.kind]} on the ${designation.list.toUpperCase()} list`;
  return `${match.identifier === null ? named(match) : identified(match, match.identifier)}, ${entry}: ${shortened(designation.regime)}.`;
}

function named(match: FieldMatch): string {
  const { field, name, designation, score } = match;
  const part = partOf(match);
  const found = field.bearer === "text" ? `${lineOf(field)} contains ${part}, which` : `${bearer(field)} ${part}`;
  const matched = `${found} matches ${quoted(name.text)}`;
  const primary = designation.names[0]?.text ?? name.text;
  const kinship = name.kind === "PRIMARY" ? "" : `, ${nameKind(name.kind, name.strength)} of ${quoted(primary)}`;
  return `${matched} (${String(score / 100)} %)${kinship}`;
}

/** What stands in the field, and where it goes on in the lines behind it. */
function partOf({ field, start, end, reasons }: FieldMatch): string {
  const onward = reasons.find(({ kind }) => kind === "goes-on");
  return `${quoted(field.text.slice(start, end))}${onward === undefined ? "" : ` (${shortened(onward.detail)})`}`;
}

function identified(match: FieldMatch, { kind, via }: MatchedIdentifier): string {
  const { field, designation } = match;
  const number = `the ${identifierWords[kind]} ${partOf(match)}`;
  const where =
    field.bearer === "text" ? `${lineOf(field)} holds ${number}, which is` : `${capital(number)} of ${whose(field)} is`;
  const primary = quoted(designation.names[0]?.text ?? "");
  return via === null ? `${where} that of ${primary}` : `${where} that of ${via}, which is linked with ${primary}`;
}

function whose(field: FieldMatch["field"]): string {
  const owner = bearer(field);
  return owner.charAt(0).toLowerCase() + owner.slice(1);
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

/** `Remittance information line 2`, `Address line 1 of the creditor`, `The end-to-end reference`; lines are counted from one, as people do. */
function lineOf(field: FieldMatch["field"]): string {
  const { path, role } = field;
  const own = wordsOfBearersText(path);
  if (own !== null) return `${capital(own)} of ${ownerOf(field)}`;
  const reference = wordsOfReference(path);
  if (reference !== null) return `The ${reference}`;
  const at = /\[(\d+)\]$/.exec(path)?.[1];
  return `${capital(plain(role))}${at === undefined ? "" : ` line ${String(Number(at) + 1)}`}`;
}

/** Whose a text is, which is nobody's name. */
function ownerOf({ path, role }: FieldMatch["field"]): string {
  if (role !== "OTHER") return `the ${plain(role)}`;
  return path.startsWith("agents") ? "an institution" : "a party";
}

function plain(role: string): string {
  return role.toLowerCase().replaceAll("_", " ");
}

function bearer({ bearer: kind, role }: FieldMatch["field"]): string {
  if (kind === "account") return role === "OTHER" ? "An account holder" : `The account holder of the ${plain(role)}`;
  if (role === "OTHER") return kind === "agent" ? "An institution" : "A party";
  return `The ${plain(role)}`;
}

function nameKind(kind: Exclude<NameKind, "PRIMARY">, strength: NameStrength): string {
  const noun = strength === "WEAK" ? `weak ${kindWords[kind]}` : kindWords[kind];
  return `${noun.startsWith("a") ? "an" : "a"} ${noun}`;
}

function quoted(text: string): string {
  return `"${shortened(text)}"`;
}
