import { hidden } from "../../hidden.ts";
import { bareForms, type IdentifierWants } from "../../plants.ts";
import type { Trick } from "../../trick.ts";
import { eightOrMore } from "./spec.ts";

const WIDTH = 35;

/** A text of 35 characters a line that breaks within the number, or between its label and it. */
function acrossLineEnd(name: string, wants: IdentifierWants, labels: readonly string[], between = false): Trick {
  return {
    class: "identifier",
    name: `lines: ${name}`,
    wants,
    play({ draft, plant, words }) {
      if (between) {
        draft.set(`${draft.lines}[0]`, `${words.fill("ref")} passport no.`);
        draft.hide(`${draft.lines}[1]`, hidden("", plant.text, ` of ${words.fill("t")}`));
        return true;
      }
      const before = words.random.pick(labels);
      const most = WIDTH - before.length - 2;
      const head = Math.min(plant.text.length - 3, 3 + words.random.below(most - 2));
      const padding = "x".repeat(WIDTH - before.length - head - 1);
      draft.hide(`${draft.lines}[0]`, hidden(`${padding} ${before}`, plant.text.slice(0, head)));
      draft.hide(`${draft.lines}[1]`, hidden("", plant.text.slice(head)));
      return true;
    },
  };
}

export const lineEnds: readonly Trick[] = [
  acrossLineEnd(
    "wallet broken at a line's end",
    { what: "identifier", kinds: ["WALLET"], matching: bareForms.WALLET! },
    ["wallet ", "send usdt to "],
  ),
  acrossLineEnd(
    "number broken at a line's end",
    { what: "identifier", kinds: ["TAX_ID", "REGISTRATION"], matching: /^[0-9]{10,15}$/ },
    ["INN ", "OGRN "],
  ),
  acrossLineEnd(
    "label and passport on two lines",
    { what: "identifier", kinds: ["PASSPORT"], matching: eightOrMore },
    [],
    true,
  ),
];
