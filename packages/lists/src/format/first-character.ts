/** Takes a file's text piece by piece. */
export interface TextReader {
  readonly push: (text: string) => void;
  readonly end: () => void;
}

/** White space that may stand before the first character; more of it is for the reader to refuse. */
const maxBlank = 4096;

/**
 * A reader that is chosen by the first character that is no white space ("" when there is none), for publishers with
 * several formats. The white space is handed on, so that lines are counted right.
 */
export function readerByFirstCharacter(choose: (first: string) => TextReader): TextReader {
  let reader: TextReader | null = null;
  let before = "";
  const chosen = (): TextReader => {
    const next = choose(before.trimStart().slice(0, 1));
    next.push(before);
    before = "";
    return next;
  };
  return {
    push: (text) => {
      if (reader !== null) {
        reader.push(text);
        return;
      }
      before += text;
      if (before.trim() !== "" || before.length >= maxBlank) reader = chosen();
    },
    end: () => {
      (reader ?? chosen()).end();
    },
  };
}
