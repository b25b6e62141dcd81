import { reshaped } from "./rewritten.ts";
import { aLine, aName, anAccount, aContact, anAddress, field, type Spec } from "./spec.ts";

export const contacts: readonly Spec[] = [
  {
    name: "phone with its label",
    kinds: ["PHONE"],
    at: [aContact, field("PHONE")],
    templates: ["Tel: {*}", "Tel. {*}", "phone {*}", "mob: {*}", "тел. {*}", "Tel/Fax {*}", "WhatsApp {*}"],
  },
  {
    name: "two phones",
    kinds: ["PHONE"],
    at: [aContact],
    templates: ["{tel}, {*}", "{*} / {tel}", "{*}; {tel}", "{tel} or {*}"],
  },
  {
    name: "phone and e-mail",
    kinds: ["PHONE"],
    at: [aContact],
    templates: ["{mail}, {*}", "{*} {mail}", "{*} / {mail}"],
  },
  {
    name: "phone in a text",
    kinds: ["PHONE"],
    matching: /^\+[0-9 ()-]{10,18}$/,
    at: [aLine, aName, anAddress, { in: "street" }],
    templates: ["call {*}", "tel {*}", "{p} {*}", "whatsapp {*} please"],
  },
  {
    name: "phone written otherwise",
    kinds: ["PHONE"],
    matching: /^\+[0-9 ()-]{10,18}$/,
    at: [aContact, field("PHONE")],
    templates: ["{*}", "tel:{*}"],
    as: reshaped((text, random) => {
      const all = text.replaceAll(/\D/g, "");
      const apart = (all.match(/.{1,3}/g) ?? []).join(random.pick([".", "-", " ", "/"]));
      return random.pick([`00${all}`, `+${apart}`, `(+${all.slice(0, 3)}) ${all.slice(3)}`]);
    }),
  },
  {
    name: "phone under another kind",
    kinds: ["PHONE"],
    matching: /^\+[0-9 ()-]{10,18}$/,
    at: [field("OTHER"), anAccount],
    templates: ["{*}", "tel. {*}"],
  },
  {
    name: "e-mail and phone",
    kinds: ["EMAIL"],
    at: [aContact],
    templates: ["{*} {tel}", "{tel}, {*}", "e-mail: {*} tel: {tel}", "{*};{mail}"],
  },
  {
    name: "e-mail with its label",
    kinds: ["EMAIL"],
    at: [aContact, field("EMAIL")],
    templates: ["mailto:{*}", "E-mail: {*}", "email {*}", "<{*}>", "Email:{*}", "{p} <{*}>"],
  },
  {
    name: "e-mail in capitals",
    kinds: ["EMAIL"],
    at: [aContact, field("EMAIL"), aLine],
    templates: ["{*}"],
    as: (text) => text.toUpperCase(),
  },
  {
    name: "e-mail in a text",
    kinds: ["EMAIL"],
    at: [aLine, aName, anAddress, { in: "street" }, { in: "purpose" }],
    templates: ["write to {*}.", "paypal {*}", "({*})", "{p}, {*}, {t}", "mailto:{*}"],
  },
  {
    name: "e-mail under another kind",
    kinds: ["EMAIL"],
    at: [field("OTHER"), anAccount, { in: "reference" }],
    templates: ["{*}", "paypal:{*}"],
  },
];
