/*
 * What the API answers, as far as the page reads it. The contract fixes the routes and the names; what it leaves open
 * (marked) the page takes as written here, and does without where it is absent. Times are milliseconds since the epoch
 * or ISO 8601.
 */

export type Time = number | string;

const alertStates = ["OPEN", "TAKEN", "PROPOSED", "ESCALATED", "RELEASED", "REJECTED", "SUPERSEDED"] as const;
export type AlertState = (typeof alertStates)[number];

export const views = ["queue", "mine", "check", "escalated", "holds", "closed"] as const;
export type View = (typeof views)[number];

export type Role = "handler" | "checker" | "auditor" | "admin";

export type Decision = "RELEASE" | "REJECT" | "ESCALATE";

export interface Me {
  readonly userId: string;
  readonly name: string;
  readonly roles: readonly Role[];
}

export interface Item {
  readonly alertId: string;
  readonly eventId: string;
  readonly state: AlertState;
  readonly version: number;
  readonly name: string;
  readonly designationId?: string | null;
  readonly list?: string | null;
  readonly score?: number | null;
  readonly dueAt?: Time | null;
  readonly assignee?: string | null;
  readonly holdReason?: string | null;
  /** Open: the listed name that matched best. */
  readonly matchedName?: string | null;
  /** Open: who proposed or escalated anything of it: they do not check it. */
  readonly makers?: readonly string[];
  /** Open: why a proposal is its maker's again, while nothing else was proposed. */
  readonly returned?: "SENT_BACK" | "EVIDENCE_CHANGED";
}

export type Counts = Readonly<Partial<Record<View, number>>>;

export interface AlertPage {
  readonly items: readonly Item[];
  readonly next?: string | null;
  readonly counts: Counts;
  /** Open: how many of `check` the user may not check. */
  readonly own?: Pick<Counts, "check">;
}

export interface Reason {
  readonly kind: string;
  readonly detail: string;
  readonly points: number;
}

export interface MatchedField {
  readonly path: string;
  readonly role: string;
  readonly text: string;
  readonly start: number;
  readonly end: number;
  readonly sourcePath?: string | null;
}

/** A match of the alert on Kafka. */
export interface Match {
  readonly designationId: string;
  readonly list: string;
  readonly regime: string;
  readonly measures: readonly string[];
  readonly designationType: string;
  readonly primaryName: string;
  readonly matchedName: string;
  readonly nameKind: string;
  readonly nameStrength: string;
  readonly score: number;
  readonly field: MatchedField;
  readonly reasons: readonly Reason[];
  readonly summary: string;
  readonly designatedOn?: string | null;
  readonly birthDates: readonly string[];
  readonly nationalities: readonly string[];
  readonly identifier?: { readonly kind: string; readonly value: string; readonly issuer?: string | null } | null;
  readonly partyFingerprint?: string | null;
  readonly goodGuyId?: string | null;
}

/** Open: a listed entry as of the index of the alert, in the fields of `Designation`. */
export interface Entry {
  readonly id: string;
  readonly list?: string;
  readonly type?: string;
  readonly names?: readonly { readonly text: string; readonly kind?: string; readonly strength?: string }[];
  readonly regime?: string;
  readonly measures?: readonly string[];
  readonly birthDates?: readonly (
    | string
    | { readonly date: string; readonly until?: string | null; readonly approximate?: boolean }
  )[];
  readonly birthPlaces?: readonly string[];
  readonly nationalities?: readonly string[];
  readonly identifiers?: readonly { readonly kind: string; readonly value: string; readonly note?: string | null }[];
  readonly addresses?: readonly { readonly text: string; readonly country?: string | null }[];
  readonly designatedOn?: string | null;
  readonly updatedOn?: string | null;
  readonly references?: readonly string[];
  readonly remarks?: readonly { readonly label: string; readonly text: string }[];
}

export interface Proposal {
  readonly id: string;
  readonly decision: Decision;
  readonly reasons: readonly string[];
  readonly rationale: string;
  readonly maker: string;
  /** Open. */
  readonly proposedAt?: Time | null;
}

/** Open: an earlier judgement of the same party and entry. `unchanged` false: one of the two has changed since. */
export interface Earlier {
  readonly alertId?: string;
  readonly decision: Decision;
  readonly reasons?: readonly string[];
  readonly rationale?: string | null;
  readonly maker?: string | null;
  readonly checker?: string | null;
  readonly decidedAt?: Time | null;
  readonly unchanged?: boolean;
}

/** Open: `action` in the words of the audit, such as `taken`; `note` is a person's text, `proposal` what its actor wrote. */
export interface Happened {
  readonly at: Time;
  readonly action: string;
  readonly actor?: string | null;
  readonly note?: string | null;
  readonly proposal?: Pick<Proposal, "decision" | "reasons" | "rationale"> | null;
}

export interface Alert extends Item {
  readonly matches: readonly Match[];
  /** The event as decoded, in the fields of its schema; amounts as decimal strings. */
  readonly event?: unknown;
  readonly entries: readonly Entry[];
  readonly earlier: readonly Earlier[];
  readonly timeline: readonly Happened[];
  readonly evidenceHash: string;
  readonly proposal?: Proposal | null;
  readonly goodGuys: readonly GoodGuy[];
  /** Open. */
  readonly origin?: string | null;
  readonly rail?: string | null;
  readonly money?: { readonly amount: string | number | null; readonly currency: string } | null;
  readonly raisedAt?: Time | null;
  readonly threshold?: number | null;
  readonly sourceTopic?: string | null;
  readonly sourcePartition?: number | null;
  readonly sourceOffset?: number | string | null;
  /** Entries that are others than when the alert was raised, and which of their fields are. */
  readonly evidenceChanged?: readonly { readonly designationId: string; readonly fields: readonly string[] }[];
  /** How many other open alerts there are of the identical pair. */
  readonly samePairOpen?: number | null;
  /** False: the disposition waits for Kafka. */
  readonly sent?: boolean | null;
}

export type GoodGuyState = "PROPOSED" | "ACTIVE" | "SUSPENDED" | "EXPIRED" | "REVOKED";

export interface GoodGuy {
  readonly id: string;
  readonly state: GoodGuyState;
  readonly designationId: string;
  readonly maker: string;
  readonly checker?: string | null;
  readonly expiresAt: Time;
  /** Open. */
  readonly name?: string | null;
  readonly reasons?: readonly string[];
  readonly rationale?: string | null;
  readonly alertId?: string | null;
  readonly uses?: number | null;
  readonly why?: string | null;
}

/** Open: a judgement that chance picked to be looked at once more. */
export interface Sample {
  readonly id: string;
  readonly kind: "release" | "good-guy";
  readonly alertId: string;
  readonly eventId: string;
  readonly name: string;
  readonly designationId: string | null;
  readonly maker: string;
  readonly checker: string;
  readonly passedAt: Time;
  readonly verdict?: "RIGHT" | "WRONG";
  readonly lookedBy?: string;
  readonly lookedAt?: Time;
}

/** Open: a look-back, a shadow run or the screening of a customer file. `result` holds figures by their names. */
export interface Job {
  readonly id: string;
  readonly state: string;
  readonly startedAt?: Time | null;
  readonly finishedAt?: Time | null;
  /** 0 to 1. */
  readonly progress?: number | null;
  readonly by?: string | null;
  readonly settings?: Readonly<Record<string, unknown>> | null;
  readonly result?: Readonly<Record<string, unknown>> | null;
}

/** Open: `GET /reports/:name`. The first column names the row. The same with `format=csv` as CSV. */
export interface Report {
  readonly name: string;
  readonly title?: string;
  readonly columns: readonly { readonly name: string; readonly unit: "text" | "count" | "share" | "seconds" }[];
  readonly rows: readonly (readonly (string | number | null)[])[];
}

export interface AuditRow {
  readonly seq: number | string;
  readonly at: Time;
  readonly actor: string;
  readonly action: string;
  readonly subject?: string | null;
  readonly hash: string;
}
