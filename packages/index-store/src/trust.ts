import { CordonError } from "@cordon/errors";
import {
  createSigner,
  createVerifier,
  signDocument,
  type Signer,
  spellVerdict,
  type Verifier,
  verifyDocument,
} from "@cordon/signing";

import type { IndexManifest, ListState } from "./port.ts";
import { parseListState, parseListStates, parseManifest } from "./stored-json.ts";

/** Whose index is taken, and by which key one is published. Either may be absent. */
export interface Trust {
  readonly signer: Signer | null;
  /** `null`: whatever lies in Redis is taken, if it is whole. */
  readonly verifier: Verifier | null;
}

export interface TrustOptions {
  /** PEM text of the publisher's private key. */
  readonly signingKey?: string | null;
  /** PEM text of the public keys that are accepted; the publisher's own is, too. */
  readonly publicKey?: string | null;
}

/** Throws CONFIG_INVALID for what is no Ed25519 key. */
export function trustOf({ signingKey = null, publicKey = null }: TrustOptions): Trust {
  const signer = signingKey === null ? null : createSigner(signingKey, "INDEX_SIGNING_KEY_FILE");
  const others = publicKey === null ? null : createVerifier(publicKey, "INDEX_PUBLIC_KEY_FILE");
  return { signer, verifier: either(signer?.verifier ?? null, others) };
}

/**
 * Keys that follow their files. Throws CONFIG_INVALID for what is none at the start; later the last good ones stay. Whether there
 * are keys stays as it was at the start: who began to verify never takes what is unsigned.
 */
export function liveTrust(start: TrustOptions, now: () => TrustOptions): Trust {
  let last = trustOf(start);
  let from = nameOf(start);
  const current = (): Trust => {
    const { signingKey, publicKey } = now();
    const options = {
      signingKey: signingKey ?? start.signingKey ?? null,
      publicKey: publicKey ?? start.publicKey ?? null,
    };
    if (nameOf(options) === from) return last;
    from = nameOf(options);
    try {
      last = trustOf(options);
    } catch {
      // Whoever reads the files says so.
    }
    return last;
  };
  return {
    get signer() {
      return current().signer;
    },
    get verifier() {
      return current().verifier;
    },
  };
}

const nameOf = ({ signingKey = null, publicKey = null }: TrustOptions): string =>
  JSON.stringify([signingKey, publicKey]);

function either(own: Verifier | null, others: Verifier | null): Verifier | null {
  if (own === null || others === null) return own ?? others;
  return {
    keyIds: [...new Set([...own.keyIds, ...others.keyIds])],
    verify(purpose, content, signature) {
      const verdict = own.verify(purpose, content, signature);
      return verdict === "unknown-key" ? others.verify(purpose, content, signature) : verdict;
    },
  };
}

/** The manifest that the text is. Throws INDEX_CORRUPT, and INDEX_UNTRUSTED where keys are known and none signed it. */
export function trustedManifest(text: string, { verifier }: Trust): IndexManifest {
  const manifest = parseManifest(text);
  if (verifier === null) return manifest;
  const verdict = verifyDocument(verifier, "index-manifest", JSON.parse(text));
  if (verdict !== "good")
    throw untrusted(`the index of generation ${String(manifest.generation)} ${spellVerdict(verdict)}`, {
      generation: manifest.generation,
      version: manifest.version,
    });
  return manifest;
}

/**
 * What a text says of a list. Throws INDEX_CORRUPT, and INDEX_UNTRUSTED where it is not signed, or vouches for another
 * version than `version`: when a list was checked decides whether an old index still clears.
 */
export function trustedState(text: string, version: string | null, trust: Trust): ListState {
  return believed(parseListState(text), JSON.parse(text), { version, trust });
}

/** What a text says of the lists of a kept version, see `trustedState`: who brings it back signs that again. */
export function trustedStates(text: string, version: string, trust: Trust): readonly ListState[] {
  const states = parseListStates(text);
  const documents = JSON.parse(text) as readonly unknown[];
  return states.map((state, at) => believed(state, documents[at], { version, trust }));
}

/** `document` is what was parsed to `state`, with every field. */
function believed(
  state: ListState,
  document: unknown,
  { version, trust: { verifier } }: { readonly version: string | null; readonly trust: Trust },
): ListState {
  if (verifier === null) return state;
  const verdict = verifyDocument(verifier, "list-states", document);
  if (verdict !== "good")
    throw untrusted(`what is said of list ${state.list} ${spellVerdict(verdict)}`, { list: state.list });
  if (version === null || state.version !== version)
    throw untrusted(`what is said of list ${state.list} vouches for another index than the live one`, {
      list: state.list,
    });
  return state;
}

/** Signed where there is a key. */
export function sealedManifest(manifest: IndexManifest, { signer }: Trust): IndexManifest {
  const { signature: _, ...unsigned } = manifest;
  return signer === null ? unsigned : signDocument(signer, "index-manifest", unsigned);
}

/** Signed for that version where there is a key. */
export function sealedState(state: ListState, version: string, { signer }: Trust): ListState {
  const { signature: _, version: __, ...unsigned } = state;
  return signer === null ? unsigned : signDocument(signer, "list-states", { ...unsigned, version });
}

export function isUntrusted(error: unknown): boolean {
  return error instanceof CordonError && error.code === "INDEX_UNTRUSTED";
}

function untrusted(what: string, details: Readonly<Record<string, string | number>>): CordonError {
  return new CordonError(
    "INDEX_UNTRUSTED",
    `${what}: it is refused. Look who may write to Redis, and whether INDEX_PUBLIC_KEY_FILE holds the key of list-sync`,
    { details },
  );
}
