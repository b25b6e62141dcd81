/** What is read of one file; what is larger is refused, never cut. Complete before the first byte. */
export interface MessageLimits {
  readonly maxBytes: number;
  readonly maxDepth: number;
  /** UTF-16 units of one transaction, or of what stands above all of them. */
  readonly maxElementChars: number;
  readonly maxTextChars: number;
  readonly maxTransactions: number;
  /** UTF-16 units that stand above transactions, counted for each of them: each event has them all. */
  readonly maxRepeatedChars: number;
  /** UTF-16 units of one message of SWIFT FIN. The network takes 10,000 characters. */
  readonly maxFinChars: number;
}

export const messageLimits: MessageLimits = Object.freeze({
  maxBytes: 2 ** 30,
  maxDepth: 64,
  maxElementChars: 2 ** 20,
  maxTextChars: 64 * 1024,
  maxTransactions: 1_000_000,
  maxRepeatedChars: 2 ** 29,
  maxFinChars: 64 * 1024,
});
