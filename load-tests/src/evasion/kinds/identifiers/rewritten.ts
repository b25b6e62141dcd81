import type { Random } from "@cordon/simulator";

/** The same identifier in another form. */
export type Reshape = (text: string, random: Random) => string;

export function reshaped(as: Reshape): Reshape {
  return as;
}

/** In groups of so many characters, counted from the left or from the right. */
export function grouped(size: number, separator: string, from: "left" | "right" = "left"): Reshape {
  return (text) => {
    const first = from === "left" ? size : text.length % size || size;
    const groups = [text.slice(0, first)];
    for (let at = first; at < text.length; at += size) groups.push(text.slice(at, at + size));
    return groups.filter((group) => group !== "").join(separator);
  };
}

/** Zeros of other scripts: Arabic, Persian, Devanagari, Bengali, Thai, fullwidth, mathematical bold. */
const zeros = [0x660, 0x6f0, 0x966, 0x9e6, 0xe50, 0xff10, 0x1d7ce];

export const inDigitsOf: Reshape = (text, random) => {
  const zero = random.pick(zeros);
  return text.replaceAll(/[0-9]/g, (digit) => String.fromCodePoint(zero + Number(digit)));
};
