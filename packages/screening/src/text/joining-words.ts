/**
 * Words between two names, or between a name and what else stands in its field, in the bytes of a token: whose name
 * comes next, who acts for whom, how somebody is called otherwise. Beside one of them a name begins or ends. Short forms
 * are written without their marks: `d/b/a` and `d.b.a.` are `dba`. Changing the table changes `engineVersion`.
 */
export const joiningWords: ReadonlySet<string> = new Set(
  (
    "and or und oder et ou en y i e o ve veya ili " +
    "co dba ta trading obo fbo ffc pp aka nka fka alias aliases known called named attn attention care behalf benefit " +
    "acting as trustee trustees nominee representing represented custodian formerly previously former previous ex " +
    "estate late heirs heir wife husband son daughter widow mother father brother sister account through via per pro " +
    "for by of c d b a t f n k"
  ).split(" "),
);

/** The same as they are written in other scripts, in small letters: their readings are among `joiningWords`. */
export const joiningWordsOfScripts: ReadonlySet<string> = new Set("и или для через".split(" "));
