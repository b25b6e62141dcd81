/**
 * The sound of a romanised word, coarsely: what most romanisations of one name agree on.
 * Consonants: h is dropped unless it starts the word or follows a vowel; ph = f; q c g = k; x = ks; v = w as a consonant;
 * z = s; d = t; dj and dzh = j. Vowels fall into three classes, {a e}, {i y j ee} and {o u w oo ou}; one class alone would merge
 * Hassan with Hussein. Repeats collapse. Gaddafi = Qadhafi, Mohammed = Muhammad, Osama = Usama.
 */
export function skeleton(token: string): string {
  return soundsOf(/[xjw]|zh|sch|ff|of$/.test(token) ? respelt(token) : token);
}

/** German, French and English spellings of Slavic and Arabic sounds, and x as the two sounds it is. */
export function respelt(token: string): string {
  return token
    .replace(/dzh|dsch|dj/g, "j")
    .replace(/s?ch?tsch|tsch/g, "ch")
    .replace(/sch/g, "sh")
    .replace(/(?:([eo])(?:w|ff)|(o)f)$/, "$1$2v")
    .replaceAll("x", "ks");
}

const [A, E, H, I] = [0x61, 0x65, 0x68, 0x69];
const [O, P, U, W] = [0x6f, 0x70, 0x75, 0x77];
const [F, V] = [0x66, 0x76];

/** The sound of each letter by its code; those of h and w depend on what stands beside them. */
const soundOf = Uint8Array.from({ length: 128 }, (_, code) => code);
for (const [letters, sound] of [
  ["qcg", "k"],
  ["z", "s"],
  ["d", "t"],
  ["e", "a"],
  ["yj", "i"],
  ["u", "o"],
] as const) {
  for (const letter of letters) soundOf[letter.charCodeAt(0)] = sound.charCodeAt(0);
}
const asText = Array.from({ length: 128 }, (_, code) => String.fromCharCode(code));

function isVowelSound(sound: number): boolean {
  return sound === A || sound === I || sound === O;
}

function soundsOf(token: string): string {
  let out = "";
  let last = 0;
  let afterVowel = false;
  for (let i = 0; i < token.length; i++) {
    const code = token.charCodeAt(i);
    const next = i + 1 < token.length ? token.charCodeAt(i + 1) : 0;
    let sound = soundOf[code]!;
    if (code === P && next === H) {
      sound = F;
      i++;
    } else if (code === E && next === E) {
      sound = I;
      i++;
    } else if (code === H) {
      if (i > 0 && !afterVowel) continue;
    } else if (code === W) {
      sound = soundOfW(next, afterVowel);
    }
    if (sound !== last) out += asText[sound]!;
    last = sound;
    afterVowel = isVowelSound(sound);
  }
  return out;
}

/** A consonant before a vowel (Wladimir, Nowak), part of a vowel otherwise and before u (Nowruz, Dawud = Daoud). */
function soundOfW(next: number, afterVowel: boolean): number {
  if (afterVowel && (next === 0 || next === U || next === O || !isVowelSound(soundOf[next]!))) return O;
  return V;
}

const SHORTEST_LOOSE = 3;
const SHORTEST_LOOSE_WORD = 5;

/**
 * The sound without telling vowels apart, for words with at least three consonants: what romanisations of a name that no
 * table knows still agree on (Yahia, Yahiya; Taguev, Tagiyev). Empty for other words. `token` has no digit, and `whole` is its
 * skeleton, or empty if that has not even three sounds.
 */
export function looseSkeleton(token: string, whole: string): string {
  if (token.length < SHORTEST_LOOSE_WORD || whole.length < SHORTEST_LOOSE) return "";
  let sound = "";
  let consonants = 0;
  let afterVowel = false;
  for (let i = 0; i < whole.length; i++) {
    const code = whole.charCodeAt(i);
    const vowel = isVowelSound(code);
    // An h behind a vowel is heard before another alone.
    const silent = code === H && afterVowel && (i + 1 === whole.length || !isVowelSound(whole.charCodeAt(i + 1)));
    if (vowel && !afterVowel) sound += "a";
    else if (!vowel && !silent) {
      sound += asText[code]!;
      consonants++;
    }
    afterVowel = vowel;
  }
  return consonants >= SHORTEST_LOOSE ? sound : "";
}
