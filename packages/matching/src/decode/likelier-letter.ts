const letter = /\p{L}/u;
const vowel = /[aeiouyäëïöüáéíóúâêîôûàèìòùãõåæøœýąęăěůőűāēīūėıİįų]/i;

/** Letters that a text with misread ones has besides, in few languages or none. */
export const telling = /[þðæ¹³º]/i;

/**
 * Whether the letter at `at` of `written`, in another set of characters, is likelier than the one that was received: a letter for a sign; a
 * vowel where no other stands beside it for a consonant, and a consonant beside one for a vowel. `misread`: the text is `telling`.
 */
export function isLikelier(
  word: string,
  { written, at, misread }: { written: string; at: number; misread: boolean },
): boolean {
  const sign = word[at]!;
  if (!letter.test(sign)) return true;
  const beside = vowel.test(written[at - 1] ?? "") || vowel.test(written[at + 1] ?? "");
  const within = letter.test(written[at - 1] ?? "") && letter.test(written[at + 1] ?? "");
  if (vowel.test(written[at]!)) return vowel.test(sign) ? /[ýÝ]/.test(sign) : !beside && within;
  // In `María` and `João` a vowel stands beside another one by right.
  if (/[íãêáéó]/i.test(sign) && !misread) return false;
  return vowel.test(sign) ? beside : /[þðÞÐçÇñÑﬁﬂ]/.test(sign);
}
