/** Letters of a script that is not Latin. */
const otherScript = /(?!\p{Script=Latin})\p{L}/u;
const latinScript = /\p{Script=Latin}/u;

/** Publishers' own words about a spelling, which no payment carries. */
const scriptLabel = /\s*\(original script\)|^\s*original script:\s*/giu;

/** ` ; ` between names, and `a) … b) …` as the UN numbers them inside a joined alias. */
const listSeparator = /;|(?:^|\s)[a-h]\)\s/u;

/** Between two names that may also be one: kept whole as well. */
const looseSeparator = /\s+\/\s+|\s+a\.k\.a\.?\s+/iu;

/** What is told about a name, written behind it. */
const remark = /,\s+born\b.*$|\s*\((?:birth name|combat name|previously listed as|false identity\b[^()]*)\)\s*$/iu;

/** Splits `before (inside)` at the last bracket that closes the text, counting nested ones; null without one. */
function lastBracket(text: string): { readonly before: string; readonly inside: string } | null {
  if (!text.endsWith(")")) return null;
  let depth = 0;
  for (let at = text.length - 1; at >= 0; at -= 1) {
    if (text[at] === ")") depth += 1;
    if (text[at] === "(") depth -= 1;
    if (depth === 0) return { before: text.slice(0, at).trim(), inside: text.slice(at + 1, -1).trim() };
  }
  return null;
}

/** Whether the bracket holds further names: a joined list, or the same name in another script. */
function holdsNames(before: string, inside: string): boolean {
  if (before === "") return false;
  if (inside.includes(";") || /^original script:/iu.test(inside)) return true;
  return otherScript.test(before) !== otherScript.test(inside) && latinScript.test(before) !== latinScript.test(inside);
}

function pieces(text: string, separator: RegExp): readonly string[] {
  return text
    .split(separator)
    .map((piece) => piece.trim())
    .filter((piece) => piece !== "");
}

const isOneWord = (text: string): boolean => !text.includes(" ");

const joinedNames = (text: string): readonly string[] => (text.includes(";") ? pieces(text, listSeparator) : [text]);

function separateList(text: string): readonly string[] {
  const names = joinedNames(text);
  // `Smith; John` may be one person's name, so single words do not replace the whole.
  return names.length > 1 && names.some(isOneWord) ? [...names, text] : names;
}

function separateLoosely(text: string): readonly string[] {
  const names = pieces(text, looseSeparator);
  return names.length > 1 ? [text, ...names] : [text];
}

function withoutRemark(text: string): readonly string[] {
  const bare = text.replace(remark, "").trim();
  return bare === text || bare === "" ? [text] : [bare, text];
}

/**
 * The names in one published text, which may hold several: `A ; B`, `A; B; C`, `A / B`, `A a.k.a. B`, a name in
 * another script with spellings in brackets behind it, a name and a remark. Every form a payment could carry comes
 * out; where a part might not be a name of its own, the whole text comes out too. Each once; none for an empty text.
 */
export function separateNames(text: string): readonly string[] {
  const bracket = lastBracket(text);
  const parts =
    bracket !== null && holdsNames(bracket.before, bracket.inside)
      ? [bracket.before, ...joinedNames(bracket.inside)]
      : separateList(text);
  const names = parts
    .map((part) => part.replaceAll(scriptLabel, "").trim())
    .flatMap(separateLoosely)
    .flatMap(withoutRemark);
  return [...new Set(names.filter((name) => name !== ""))];
}
