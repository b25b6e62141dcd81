/** Where an alert, or a held event, stands. The last three are final. */
export const alertStates = ["OPEN", "TAKEN", "PROPOSED", "ESCALATED", "RELEASED", "REJECTED", "SUPERSEDED"] as const;
export type AlertState = (typeof alertStates)[number];

export const goodGuyStates = ["PROPOSED", "ACTIVE", "SUSPENDED", "EXPIRED", "REVOKED"] as const;
export type GoodGuyState = (typeof goodGuyStates)[number];

export const decisions = ["RELEASE", "REJECT", "ESCALATE"] as const;
export type DeskDecision = (typeof decisions)[number];

/** What moves an alert. */
export type Move =
  | "take"
  | "give-back"
  | "lease-over"
  | "propose"
  | "escalate"
  | "send-back"
  | "evidence-changed"
  | "release"
  | "reject"
  | "supersede";

/** From where each move leads where. What is not here cannot be done. */
export const moves = {
  take: { from: ["OPEN"], to: "TAKEN" },
  "give-back": { from: ["TAKEN"], to: "OPEN" },
  "lease-over": { from: ["TAKEN"], to: "OPEN" },
  // One that is open is taken along the way.
  propose: { from: ["OPEN", "TAKEN", "ESCALATED"], to: "PROPOSED" },
  escalate: { from: ["OPEN", "TAKEN"], to: "ESCALATED" },
  "send-back": { from: ["PROPOSED"], to: "TAKEN" },
  "evidence-changed": { from: ["PROPOSED"], to: "TAKEN" },
  release: { from: ["PROPOSED"], to: "RELEASED" },
  reject: { from: ["PROPOSED"], to: "REJECTED" },
  supersede: { from: ["OPEN", "TAKEN", "PROPOSED", "ESCALATED"], to: "SUPERSEDED" },
} as const satisfies Readonly<Record<Move, { readonly from: readonly AlertState[]; readonly to: AlertState }>>;

export function isFinal(state: AlertState): boolean {
  return state === "RELEASED" || state === "REJECTED" || state === "SUPERSEDED";
}

export function mayMove(move: Move, from: AlertState): boolean {
  return (moves[move].from as readonly AlertState[]).includes(from);
}
