/** A Han character in its usual form, and its place in the text with the marks behind it. */
export interface Sign {
  readonly sign: string;
  readonly start: number;
  readonly end: number;
  /** Whether a space or a mark stands before it, or nothing of its chain. */
  readonly apart: boolean;
  /** Whether it is a space. */
  readonly spaced: boolean;
}

const sign = /\p{Script=Han}/u;
/** Han characters with what may stand among those of one name: what is not seen, or one space, mark or digit. */
const chains =
  /\p{Script=Han}[\p{M}\p{Cf}]*(?:[^\p{L}\p{Script=Han}\p{Cf}\p{M}\n,;:，、；：。]?[\p{Cf}\p{M}]*\p{Script=Han}[\p{M}\p{Cf}]*)+/gu;
const withGap = /([^\p{Script=Han}]*)(\p{Script=Han}[\p{M}\p{Cf}]*)/gu;
const unseen = /^[\p{M}\p{Cf}]*$/u;
const space = /\s/u;
const marks = /[\p{M}\p{Cf}]/gu;

/** The Han characters of a text that stand together, two and more, with no more than one other character between two. */
export function signsOf(text: string): readonly (readonly Sign[])[] {
  if (!sign.test(text)) return [];
  return Array.from(text.matchAll(chains), ({ 0: chain, index }) =>
    Array.from(chain.matchAll(withGap), ({ 1: gap = "", 2: written = "", index: at }) => {
      const start = index + at + gap.length;
      const plain = written.replace(marks, "").normalize("NFKC");
      return {
        sign: plain,
        start,
        end: start + written.length,
        apart: at === 0 || !unseen.test(gap),
        spaced: space.test(gap),
      };
    }),
  );
}
