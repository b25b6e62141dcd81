import type { TextKind } from "./text-kind.ts";
import type { TextRole } from "./text-role.ts";

/** What a text that belongs to no party or agent is for, and what it is meant to hold. */
export interface TextOwner {
  readonly role: TextRole;
  readonly kind: TextKind;
}

const reference: TextOwner = { role: "REFERENCE", kind: "REFERENCE" };
const currency: TextOwner = { role: "CODE", kind: "CODE" };
const country: TextOwner = { role: "CODE", kind: "COUNTRY" };

/** By the field of the event in which the text stands. */
export const kindOfText = {
  remittanceInformation: { role: "REMITTANCE_INFORMATION", kind: "TEXT" },
  message: { role: "MESSAGE", kind: "TEXT" },
  instructions: { role: "INSTRUCTION", kind: "TEXT" },
  regulatoryReporting: { role: "REGULATORY_REPORTING", kind: "TEXT" },
  purpose: { role: "PURPOSE", kind: "TEXT" },
  relationship: { role: "RELATIONSHIP", kind: "TEXT" },
  messageType: reference,
  instructionId: reference,
  endToEndId: reference,
  uetr: reference,
  money: currency,
  sendMoney: currency,
  payMoney: currency,
  fromCountry: country,
  toCountry: country,
} as const satisfies Readonly<Record<string, TextOwner>>;

/** Of a text by its path in the event. A field that nobody has said anything of holds text. */
export function ownerOf(path: string): TextOwner {
  const field = path.split(".", 1)[0] ?? "";
  return Object.hasOwn(kindOfText, field) ? kindOfText[field as keyof typeof kindOfText] : kindOfText.message;
}
