/** Where the desk puts the set of good guys, and screeners find it. Whoever may write there is not thereby believed: documents are signed. */
export interface GoodGuyStore {
  /** The signed document of the live set as JSON text, as it stands; null: there is none. */
  current(): Promise<string | null>;
  /** The bytes of a set by its version; null: they are not there. */
  load(version: string): Promise<Uint8Array | null>;
  /**
   * Puts the bytes of a set there, if they are not, and then the document, unless the live one has a later generation, or has another
   * version in this one. Answers whether it did.
   */
  publish(set: {
    readonly generation: number;
    readonly version: string;
    readonly document: string;
    readonly bytes: Uint8Array;
  }): Promise<boolean>;
  close(): Promise<void>;
}
