import type { Row } from "./queue/merge.ts";
import type { Route } from "./router.ts";
import type { Alert, Counts, Decision, Me, Proposal, View } from "./wire.ts";

export type Session = { readonly kind: "asking" } | { readonly kind: "out" } | { readonly kind: "in"; readonly me: Me };

/** What the service refused, or what is missing before it can be asked. */
export interface Problem {
  readonly code: string;
  readonly message: string;
  /** What changed meanwhile, in sentences. */
  readonly changes: readonly string[];
}

/** What came of what a person did. `of`: the alert that it is about, which may not be the one that is open. */
export interface Notice {
  readonly text: string;
  readonly of: Pick<Alert, "alertId" | "name"> | null;
}

export interface ListState {
  readonly view: View;
  readonly q: string;
  /** Short name of the one list whose alerts are shown; empty for all. */
  readonly list: string;
  readonly rows: readonly Row[];
  readonly next: string | null;
  readonly status: "unread" | "reading" | "read";
  /** Alerts that came and wait to be shown. */
  readonly waiting: number;
  /** The row that J and K move from, and Enter opens. */
  readonly cursor: string | null;
  /** What is seen of the rows, in pixels. */
  readonly seen: { readonly top: number; readonly height: number };
}

/** Whether a person asked for what is shown, or the page goes there by itself. */
export interface Opened {
  readonly byItself: boolean;
}

export interface OpenAlert extends Opened {
  readonly alertId: string;
  readonly alert: Alert | null;
  readonly status: "reading" | "read" | "missing";
  /** By the clock of the page; null until there is something to see. */
  readonly shownAt: number | null;
  /** The draft as it was when Escape made letters keys again: once it is another, they are text. */
  readonly leftAt: Draft | null;
  /** The proposal that was last seen: a note on it stays, though the alert went back to its maker meanwhile. */
  readonly proposal: Proposal | null;
  /** The match whose evidence is shown. */
  readonly match: number;
  /** When the evidence last changed under the eyes of the reader, and how. */
  readonly changed: { readonly at: number; readonly changes: readonly string[] } | null;
  /** What a replay came to. */
  readonly replay: {
    readonly same: boolean;
    readonly differences: readonly unknown[];
    /** Why it could not be decided again here; null where it was. */
    readonly notReplayed: string | null;
  } | null;
}

/** What a person has typed and chosen for one alert. Kept until it is sent, whatever happens meanwhile. */
export interface Draft {
  readonly decision: Decision | null;
  readonly reasons: readonly string[];
  readonly rationale: string;
  readonly isGoodGuy: boolean;
  readonly days: number;
  readonly forPair: boolean;
  readonly note: string;
  readonly record: string;
}

const emptyDraft: Draft = Object.freeze({
  decision: null,
  reasons: [],
  rationale: "",
  isGoodGuy: false,
  days: 180,
  forPair: false,
  note: "",
  record: "",
});

/** An answer of the API that a page shows. */
export type Remote =
  | { readonly kind: "reading" }
  | { readonly kind: "read"; readonly body: unknown }
  | { readonly kind: "refused"; readonly code: string; readonly message: string }
  | { readonly kind: "away" };

export interface State {
  readonly session: Session;
  readonly route: Route;
  readonly now: number;
  readonly counts: Counts;
  /** Of the counts, what the person may do nothing with. */
  readonly own: Counts;
  readonly list: ListState;
  readonly open: OpenAlert | null;
  readonly drafts: ReadonlyMap<string, Draft>;
  readonly remotes: ReadonlyMap<string, Remote>;
  /** Texts of the fields of the other pages, by their names. */
  readonly fields: ReadonlyMap<string, string>;
  readonly notice: Notice | null;
  readonly problem: Problem | null;
  readonly isAway: boolean;
  readonly isSending: boolean;
  /** Whether single keys act; a person can switch them off. */
  readonly keysOn: boolean;
}

/** The one mutable reference of the page. A change is drawn before the browser paints. */
export interface Desk {
  readonly state: State;
  update(change: Partial<State>): void;
  /** Draws at once, for who must find an element that the change makes. */
  flush(): void;
}

export function emptyList(view: View): ListState {
  const seen = { top: 0, height: 0 };
  return { view, q: "", list: "", rows: [], next: null, status: "unread", waiting: 0, cursor: null, seen };
}

export function tell(desk: Desk, text: string, of: Notice["of"] = null): void {
  desk.update({ notice: { text, of } });
}

export function meOf({ session }: State): Me | null {
  return session.kind === "in" ? session.me : null;
}

export function updateList(desk: Desk, change: Partial<ListState>): void {
  desk.update({ list: { ...desk.state.list, ...change } });
}

export function draftOf({ drafts }: State, alertId: string): Draft {
  return drafts.get(alertId) ?? emptyDraft;
}

export function updateDraft(desk: Desk, alertId: string, change: Partial<Draft>): void {
  const drafts = new Map(desk.state.drafts);
  drafts.set(alertId, { ...draftOf(desk.state, alertId), ...change });
  desk.update({ drafts });
}

export function dropDraft(desk: Desk, alertId: string): void {
  const drafts = new Map(desk.state.drafts);
  drafts.delete(alertId);
  desk.update({ drafts });
}

export function fieldOf({ fields }: State, name: string, otherwise = ""): string {
  return fields.get(name) ?? otherwise;
}

export function setField(desk: Desk, name: string, text: string): void {
  desk.update({ fields: new Map(desk.state.fields).set(name, text) });
}
