import { reshaped } from "./rewritten.ts";
import { aLine, aName, field, texts, type Spec } from "./spec.ts";

export const codes: readonly Spec[] = [
  {
    name: "ship number in groups in a text",
    kinds: ["IMO"],
    at: texts,
    templates: ["IMO {*}", "imo no. {*}", "IMO: {*}"],
    as: reshaped((text, random) => text.slice(0, 3) + random.pick([" ", "-", "."]) + text.slice(3)),
  },
  {
    name: "ship number, ways of its label",
    kinds: ["IMO"],
    at: texts,
    templates: [
      "IMO-{*}",
      "IMO{*}",
      "I.M.O. {*}",
      "IMO No {*}",
      "imo#{*}",
      "IMO/{*}",
      "IMO number {*}",
      "LR/IMO {*}",
      "IMO ship no. {*}",
    ],
  },
  {
    name: "ship number beside a name",
    kinds: ["IMO"],
    at: [aName, aLine, { in: "accountName" }],
    templates: ["MV {t} IMO {*}", "{f} (IMO {*})", "cargo of IMO {*} at {t}"],
  },
  {
    name: "ship number under another kind",
    kinds: ["IMO"],
    at: [field("OTHER"), field("REGISTRATION")],
    templates: ["{*}", "IMO {*}", "IMO{*}"],
  },
  {
    name: "BIC, label and groups in a text",
    kinds: ["BIC"],
    at: texts,
    templates: ["SWIFT {*}", "BIC {*}", "swift code {*}", "BIC/SWIFT: {*}"],
    as: (text) => `${text.slice(0, 4)} ${text.slice(4, 6)} ${text.slice(6)}`,
  },
  {
    name: "BIC in small letters in a text",
    kinds: ["BIC"],
    at: texts,
    templates: ["swift {*}", "bic: {*}", "SWIFT/BIC {*}"],
    as: (text) => text.toLowerCase(),
  },
  {
    name: "BIC of a branch or with XXX",
    kinds: ["BIC"],
    at: [aLine, field("BIC"), { in: "agentName" }],
    templates: ["{*}XXX", "{*} XXX"],
  },
  {
    name: "BIC with its label in its own field",
    kinds: ["BIC"],
    at: [field("BIC")],
    templates: ["BIC {*}", "SWIFT: {*}", "SWIFT/BIC {*}", "BIC:{*}"],
  },
  {
    name: "BIC under another kind",
    kinds: ["BIC"],
    at: [field("OTHER"), field("REGISTRATION")],
    templates: ["{*}", "BIC {*}"],
  },
  {
    name: "BIC as a clearing number",
    kinds: ["BIC"],
    at: [{ in: "clearing" }],
    templates: ["{*}", "{*}XXX", "BIC {*}"],
  },
  {
    name: "BIC in the name of a bank",
    kinds: ["BIC"],
    at: [{ in: "agentName" }, aName],
    templates: ["{bank} {*}", "{bank} ({*})", "{bank}, SWIFT {*}"],
  },
  {
    name: "LEI in groups or small letters",
    kinds: ["LEI"],
    at: [aLine, field("LEI"), field("REGISTRATION")],
    templates: ["LEI {*}", "{*}", "LEI: {*}"],
    as: reshaped((text, random) =>
      random.oneIn(2) ? text.toLowerCase() : (text.match(/.{4}/g) ?? []).join(random.pick([" ", "-"])),
    ),
  },
  {
    name: "MMSI in a text or under another kind",
    kinds: ["MMSI"],
    at: [aLine, aName, field("OTHER")],
    templates: ["MMSI {*}", "mmsi: {*}", "MMSI no. {*}"],
  },
];
