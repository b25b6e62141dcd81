/** What a source is told about the version it gave last, so that it can say that nothing changed. */
export interface Validators {
  readonly etag: string | null;
  readonly lastModified: string | null;
}

export const noValidators: Validators = Object.freeze({ etag: null, lastModified: null });

/** Bounds on one attempt to read a source. */
export interface ReadLimits {
  /** Bytes before and after decompression. */
  readonly maxBytes: number;
  /** Milliseconds from the request to the last byte parsed. */
  readonly timeoutMs: number;
}

/** What came of reading one source to its end. */
export type Reading<T> =
  | { readonly kind: "unchanged" }
  | {
      readonly kind: "read";
      readonly value: T;
      /** SHA-256 of every byte, hexadecimal. */
      readonly contentHash: string;
      readonly bytes: number;
      readonly validators: Validators;
      /** The address that answered, after every redirection; null for a file. */
      readonly address: URL | null;
    };

/** Takes a source's bytes as they arrive. It must read to the end: what it leaves unread fails the reading. */
export type Parse<T> = (chunks: AsyncIterable<Uint8Array>) => Promise<T>;

/** The same for a list that is published as several files: by their names, in lower case. */
export interface ParseFolder<T> {
  readonly files: readonly string[];
  readonly parse: (files: Readonly<Record<string, AsyncIterable<Uint8Array>>>) => Promise<T>;
}
