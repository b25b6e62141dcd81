import type { Random } from "@cordon/simulator";

/** The name as another clerk might write it: a letter dropped, doubled, changed or swapped, words turned, or capitals. */
export function perturbed(name: string, random: Random): string {
  const words = name.split(" ");
  switch (random.below(6)) {
    case 0:
      return words.toReversed().join(" ");
    case 1:
      return name.toUpperCase();
    default: {
      const long = words.flatMap((word, at) => (word.length >= 5 ? [at] : []));
      if (long.length === 0) return name.toUpperCase();
      const chosen = random.pick(long);
      return words.map((word, at) => (at === chosen ? typo(word, random) : word)).join(" ");
    }
  }
}

function typo(word: string, random: Random): string {
  const at = 1 + random.below(word.length - 2);
  const before = word.slice(0, at);
  switch (random.below(4)) {
    case 0:
      return before + word.slice(at + 1);
    case 1:
      return before + word.charAt(at) + word.slice(at);
    case 2:
      return before + random.pick(["a", "e", "i", "o", "u", "k", "h", "s"]) + word.slice(at + 1);
    default:
      return before + word.charAt(at + 1) + word.charAt(at) + word.slice(at + 2);
  }
}
