/**
 * The sound of a romanised word, coarsely: what most romanisations of one name agree on.
 * Consonants: h is dropped unless it starts the word or follows a vowel; ph = f; q c g = k; x = ks; v = w as a consonant;
 * z = s; d = t; dj and dzh = j. Vowels fall into three classes, {a e}, {i y j ee} and {o u w oo ou}; one class alone would merge
 * Hassan with Hussein. Repeats collapse. Gaddafi = Qadhafi, Mohammed = Muhammad, Osama = Usama.
 */
export function skeleton(token: string): string {
  return soundsOf(/[xjw]|zh|sch|ff|[oe]f$/.test(token) ? respelt(token) : token);
}

/** German, French and English spellings of Slavic and Arabic sounds, and x as the two sounds it is. */
function respelt(token: string): string {
  return token
    .replace(/dzh|dsch|dj/g, "j")
    .replace(/s?ch?tsch|tsch/g, "ch")
    .replace(/sch/g, "sh")
    .replace(/([eo])(?:w|ff?)$/, "$1v")
    .replaceAll("x", "ks");
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

const SHORTEST_LOOSE = 3;
const SHORTEST_LOOSE_WORD = 5;

/**
 * The sound without telling vowels apart, for words with at least three consonants: what romanisations of a name that no
 * table knows still agree on (Yahia, Yahiya; Taguev, Tagiyev). Empty for other words.
 */
export function looseSkeleton(token: string): string {
  if (token.length < SHORTEST_LOOSE_WORD || /[0-9]/.test(token)) return "";
  const sound = skeleton(token)
    .replace(/[aio]h(?![aio])/g, "a")
    .replace(/[aio]+/g, "a");
  return sound.replaceAll("a", "").length >= SHORTEST_LOOSE ? sound : "";
}
