import type { ListedIdentifier } from "@cordon/matching";
import type { IdentifierKind, Payment } from "@cordon/schemas";

import { fromTemplate } from "../../hidden.ts";
import type { IdentifierWants, Plant } from "../../plants.ts";
import type { Stage, Trick } from "../../trick.ts";
import type { Reshape } from "./rewritten.ts";

/** Where an identifier stands: a free line, a name, a field of its own under some kind, or another field. */
export type Place =
  | {
      readonly in:
        | "line"
        | "name"
        | "account"
        | "accountName"
        | "contact"
        | "clearing"
        | "address"
        | "agentName"
        | "purpose"
        | "street";
    }
  | { readonly in: "reference" }
  | { readonly in: "own"; readonly as: IdentifierKind | "same" };

/** A kind of trick with an identifier: how it is written, amid what, and where. */
export interface Spec {
  readonly name: string;
  readonly kinds: readonly ListedIdentifier["kind"][];
  readonly at: readonly Place[];
  readonly templates?: readonly string[];
  readonly as?: Reshape;
  readonly matching?: RegExp;
  readonly currencies?: readonly string[];
}

export const aLine = { in: "line" } as const;
export const aName = { in: "name" } as const;
export const anAccount = { in: "account" } as const;
export const aContact = { in: "contact" } as const;
export const anAddress = { in: "address" } as const;
export const texts: readonly Place[] = [aLine, aName, anAddress, { in: "purpose" }, { in: "accountName" }];
export const field = (as: IdentifierKind | "same"): Place => ({ in: "own", as });

export const eightOrMore = /^(?:[A-Z]{1,3}[0-9]{6,10}|[0-9]{9,12})$/;

export function tricksOf(group: string, specs: readonly Spec[]): readonly Trick[] {
  return specs.map((spec) => ({
    class: "identifier",
    name: `${group}: ${spec.name}`,
    wants: wantsOf(spec),
    play: (stage) => playSpec(spec, stage),
  }));
}

function wantsOf({ kinds, matching, currencies }: Spec): IdentifierWants {
  return { what: "identifier", kinds, ...(matching && { matching }), ...(currencies && { currencies }) };
}

function playSpec({ at, templates = ["{*}"], as }: Spec, stage: Stage): boolean {
  const { plant, words } = stage;
  const written = as === undefined ? plant.text : as(plant.text, words.random);
  const text = fromTemplate(words.random.pick(templates), written, words.fill);
  stage.draft.hide(pathOf(stage, words.random.pick(at)), text);
  return true;
}

/** Makes room for what is to be written there, and says where that is. */
function pathOf({ draft, plant }: Stage, place: Place): string {
  const { party, agent } = draft;
  switch (place.in) {
    case "own": {
      const kind = place.as === "same" ? kindOf(plant) : place.as;
      const own: Payment["parties"][number]["identifiers"][number] = { kind, value: "", issuer: null };
      draft.set(`${party}.identifiers`, [own]);
      return `${party}.identifiers[0].value`;
    }
    case "line":
      return `${draft.lines}[1]`;
    case "purpose":
      return "purpose";
    case "reference":
      return draft.of === "payments" ? "endToEndId" : "relationship";
    case "clearing":
      return `${agent}.clearingId`;
    case "agentName":
      return `${agent}.name`;
    case "address":
      return `${party}.address.lines[1]`;
    case "street":
      return `${party}.address.street`;
    case "account":
      return `${party}.account.value`;
    case "accountName":
      return `${party}.account.name`;
    case "contact":
      return `${party}.contact`;
    case "name":
      draft.set(`${party}.type`, "UNKNOWN");
      return `${party}.name`;
  }
}

/** What an event calls an identifier of the list. */
export function kindOf({ kind }: Pick<Plant, "kind">): IdentifierKind {
  return kind === null || kind === "IBAN" ? "OTHER" : kind;
}
