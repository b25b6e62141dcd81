/** Every refusal of the API, in the order in which they are looked for: the first that applies is told. */
export const refusals = {
  CROSS_SITE: 403,
  SIGN_IN_NEEDED: 401,
  TOO_MANY: 429,
  ROLE_MISSING: 403,
  NOT_FOUND: 404,
  BAD_REQUEST: 400,
  SAME_PERSON: 403,
  RATIONALE_MISSING: 422,
  REASON_UNKNOWN: 422,
  PARTY_TOO_VAGUE: 422,
  STATE_FINAL: 409,
  EVIDENCE_CHANGED: 409,
  VERSION_CONFLICT: 409,
  STORE_UNAVAILABLE: 503,
} as const satisfies Readonly<Record<string, number>>;

export type RefusalCode = keyof typeof refusals;

/** A request that is not done, and why. The message is for a person, and names nobody. */
export class Refusal extends Error {
  override readonly name = "Refusal";
  readonly code: RefusalCode;
  readonly details: Readonly<Record<string, unknown>>;

  constructor(code: RefusalCode, message: string, details: Readonly<Record<string, unknown>> = {}) {
    super(message);
    this.code = code;
    this.details = details;
  }

  get status(): number {
    return refusals[this.code];
  }
}
