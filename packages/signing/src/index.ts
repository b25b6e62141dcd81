export { createSigner, createVerifier, type Purpose, type Signer, type Verdict, type Verifier } from "./signature.ts";
export { canonicalJson, type Signed, signDocument, spellVerdict, verifyDocument } from "./signed-json.ts";
