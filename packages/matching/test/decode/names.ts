import { decodeText } from "../../src/decode/decode-text.ts";
import { tokenise } from "../../src/normalise/tokenise.ts";

/** Names of nobody, in the scripts that sets of characters were made for. */
export const inventedNames: readonly string[] = [
  "Zoran Velik",
  "ANNA BERGSTROM",
  "Rashid al-Tamari",
  "Siobhan O'Kerrigan",
  "José Peñalver Núñez",
  "François Lefèvre",
  "Jürgen Großmann",
  "Милан Волков",
  "Ольга Сергеевна Тимофеева",
  "Андрій Коваленко",
  "محمد الطماري",
  "سارة بن خالد",
  "Νίκος Παπαδάκης",
  "דוד ישראלי",
  "王伟明",
  "田中一郎",
  "김민수",
  "Şahin Yıldız",
  "Miloš Kovačić",
  "Łukasz Wiśnicki",
];

const wordsOf = (text: string): string =>
  tokenise(text)
    .tokens.map((token) => token.written)
    .join(" ");

/** Whether a text, or a reading of it, has the words of a name. */
export function readsAs(text: string, name: string): boolean {
  const words = wordsOf(name);
  return [text, ...decodeText(text).readings.map((reading) => reading.text)].some((one) => wordsOf(one) === words);
}
