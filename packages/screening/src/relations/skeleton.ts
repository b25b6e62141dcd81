/**
 * The sound of a romanised word, coarsely: what most romanisations of one name agree on.
 * Consonants: h is dropped unless it starts the word or follows a vowel; ph = f; q c g = k; x = ks; v = w as a consonant;
 * z = s; d = t; dj and dzh = j. Vowels fall into three classes, {a e}, {i y j ee} and {o u w oo ou}; one class alone would merge
 * Hassan with Hussein. Repeats collapse. Gaddafi = Qadhafi, Mohammed = Muhammad, Osama = Usama.
 */
export function skeleton(token: string): string {
  return soundsOf(/[xj]|dzh/.test(token) ? token.replace(/dzh|dj/g, "j").replaceAll("x", "ks") : token);
}

function soundsOf(token: string): string {
  let out = "";
  let afterVowel = false;
  for (let i = 0; i < token.length; i++) {
    const sound = soundAt(token, i, afterVowel);
    if (sound === "") continue;
    if (sound.length === 1 && !out.endsWith(sound)) out += sound;
    afterVowel = sound === "a" || sound === "i" || sound === "o";
    if (isPair(token, i)) i++;
  }
  return out;
}

const consonants: Readonly<Record<string, string>> = { q: "k", c: "k", g: "k", z: "s", d: "t" };
const vowels: Readonly<Record<string, string>> = { a: "a", e: "a", i: "i", y: "i", j: "i", o: "o", u: "o" };

/** Two letters that are one sound: ph, ee. (oo and ou collapse by themselves.) */
function isPair(token: string, i: number): boolean {
  return token.startsWith("ph", i) || token.startsWith("ee", i);
}

function soundAt(token: string, i: number, afterVowel: boolean): string {
  if (token.startsWith("ph", i)) return "f";
  if (token.startsWith("ee", i)) return "i";
  const letter = token[i]!;
  if (letter === "h") return i === 0 || afterVowel ? "h" : "";
  if (letter === "w") return soundOfW(token, i, afterVowel);
  return vowels[letter] ?? consonants[letter] ?? letter;
}

/** A consonant before a vowel (Wladimir, Nowak), part of a vowel otherwise and before u (Nowruz, Dawud = Daoud). */
function soundOfW(token: string, i: number, afterVowel: boolean): string {
  const next = token[i + 1];
  if (afterVowel && (next === undefined || next === "u" || next === "o" || vowels[next] === undefined)) return "o";
  return "v";
}
