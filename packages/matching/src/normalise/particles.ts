/**
 * Words that belong to the word after them and are as often written together with it: Arabic articles and kinship
 * words, Romance and Germanic prepositions, Irish and Scottish prefixes.
 */
export const particles: ReadonlySet<string> = new Set(
  (
    "al el ul ur ad ar as at az an ash ibn bin ben bint abu abou abo abi umm abd abdul abdel abdal abdol " +
    "abdur abdus abdun abduz abdud abdut abdush abdoul abder ud " +
    "de da di do du del della dela des dos das la le las los lo van von den der ter ten zu zum mac mc st o d l"
  ).split(" "),
);
