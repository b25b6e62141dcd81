import type { Trick } from "../trick.ts";
import { codes } from "./identifiers/codes.ts";
import { contacts } from "./identifiers/contacts.ts";
import { documents } from "./identifiers/documents.ts";
import { lineEnds } from "./identifiers/line-ends.ts";
import { passports } from "./identifiers/passports.ts";
import { tricksOf } from "./identifiers/spec.ts";
import { wallets } from "./identifiers/wallets.ts";

/** C: identifiers of every kind, in every place, with labels, in groups, in other forms. */
export const identifier: readonly Trick[] = [
  ...tricksOf("wallet", wallets),
  ...tricksOf("passport", passports),
  ...tricksOf("document", documents),
  ...tricksOf("code", codes),
  ...tricksOf("reach", contacts),
  ...lineEnds,
];
