/**
 * The consonants of a Latin word in seven classes, P T K S M N L, without h, j, v, w, y and vowels: what the spellings of one
 * sound in all languages nearly agree on. It only retrieves; `heardPercent` has the last word. Empty for a word with a digit or without consonants.
 */
export function soundKey(word: string): string {
  let key = "";
  const end = word.length;
  for (let i = 0; i < end; i++) {
    const code = word.charCodeAt(i);
    if (code < 0x61) return "";
    const next = i + 1 < end ? word.charCodeAt(i + 1) : 0;
    let one = letterClass[code & 31]!;
    if (code === C) one = next === E || next === I || next === Y || next === H || next === Z ? "S" : "K";
    else if (code === G && next === H && !isVowel(i + 2 < end ? word.charCodeAt(i + 2) : 0)) one = "";
    else if (code === S && next === C && i + 2 < end && word.charCodeAt(i + 2) === H) i++;
    else if (code === Z && next === H) one = "S";
    else if (code === K && next === H) i++;
    else if (code === D && next === J) one = "";
    if (one === "") continue;
    for (const sound of one) key = joined(key, sound);
  }
  return key;
}

/** Adds a class: repeats collapse, and TS is S, NK N, NT T, MP and NP P. */
export function joined(key: string, sound: string): string {
  if (key === "") return sound;
  const last = key.charAt(key.length - 1);
  if (last === sound) return key;
  if (last === "T" && sound === "S") return ending(key, "S");
  if (last === "N" && sound === "K") return key;
  if (last === "N" && (sound === "T" || sound === "P")) return ending(key, sound);
  if (last === "M" && sound === "P") return ending(key, "P");
  return key + sound;
}

function ending(key: string, sound: string): string {
  return joined(key.slice(0, -1), sound);
}

function isVowel(code: number): boolean {
  return code === 0x61 || code === E || code === I || code === 0x6f || code === 0x75;
}

const [C, D, E, G, H, I, J, K, S, Y, Z] = [0x63, 0x64, 0x65, 0x67, 0x68, 0x69, 0x6a, 0x6b, 0x73, 0x79, 0x7a];

const letterClass: readonly string[] = Array.from({ length: 32 }, (_, at) => {
  const letter = String.fromCharCode(at | 0x60);
  for (const [letters, sound] of [
    ["bpf", "P"],
    ["td", "T"],
    ["kqgc", "K"],
    ["sz", "S"],
    ["x", "KS"],
    ["m", "M"],
    ["n", "N"],
    ["lr", "L"],
  ] as const)
    if (letters.includes(letter)) return sound;
  return "";
});
