import {
  agree,
  choose,
  propose,
  sendBack,
  suggestionOf,
  takeNext,
  toggleReason,
  useSuggestion,
} from "./alert/judge.ts";
import { isOfNote, isOfRationale } from "./alert/letters.ts";
import { isNew, leaveText } from "./alert/open.ts";
import { mayCheck, mayPropose, pairsOf, showsDisposition } from "./alert/rights.ts";
import { go } from "./navigate.ts";
import { isThere } from "./parts/parts.ts";
import { moveCursor } from "./queue/cursor.ts";
import { type Desk, draftOf, meOf, updateDraft } from "./state.ts";
import type { Alert, Decision, Me } from "./wire.ts";
import { reasonsFor } from "./words.ts";

/** What each key does, as `/keys` tells it. */
export const keyTable = [
  { keys: ["J", "K"], does: "Next and previous alert in the list" },
  { keys: ["Enter"], does: "Open it" },
  { keys: ["N"], does: "Take the most urgent alert that nobody has, and open it" },
  { keys: ["/"], does: "Go to the filter" },
  { keys: ["R"], does: "Somebody else: release" },
  { keys: ["X"], does: "The listed person: reject" },
  { keys: ["E"], does: "Cannot tell: escalate" },
  { keys: ["1", "9"], does: "First to ninth reason" },
  { keys: ["T"], does: "Go to the text. When you have said who it is and why, any letter but T and G begins it" },
  { keys: ["U"], does: "Use the reasoning of the last judgement" },
  { keys: ["G"], does: "Good guy" },
  { keys: ["Ctrl", "Enter"], does: "Send; in the note to the maker: send back" },
  { keys: ["A"], does: "Agree with the maker" },
  { keys: ["B"], does: "Go to the note, to send it back" },
  { keys: ["Escape"], does: "Leave a field or a text; letters are keys again" },
  { keys: ["?"], does: "This page" },
] as const;

const decisionKeys: Readonly<Record<string, Decision>> = { r: "RELEASE", x: "REJECT", e: "ESCALATE" };

const rationaleField = '[data-testid="disposition"] textarea';
const noteField = '[data-testid="check"] textarea';

function isTextField(target: EventTarget | null): target is HTMLElement {
  if (!(target instanceof HTMLElement)) return false;
  if (target instanceof HTMLInputElement) return !["checkbox", "radio", "button", "submit"].includes(target.type);
  return target instanceof HTMLTextAreaElement || target instanceof HTMLSelectElement || target.isContentEditable;
}

/** One listener for the document: what it does follows from the state at that moment. */
export function onKey(desk: Desk, event: KeyboardEvent): void {
  const me = meOf(desk.state);
  if (me === null || event.defaultPrevented || event.isComposing) return;
  // A hand that was on its way to the alert before judges none that came by itself.
  const rests = isNew(desk) || !isThere("alert");
  if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
    if (event.repeat || rests || sendForm(desk, me, event.target)) event.preventDefault();
    return;
  }
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.key === "Escape") leaveText(desk);
  if (isTextField(event.target)) {
    if (event.key === "Escape") leave(event.target);
    return;
  }
  // One that is held down moves in the list, and does nothing else.
  if (!desk.state.keysOn || (event.repeat && !["j", "k"].includes(lower(event.key)))) return;
  if (goesOnInText(desk, me, event)) return;
  if (onListKey(desk, me, event) || (!rests && onAlertKey(desk, me, event))) event.preventDefault();
}

/** A letter of a sentence goes where the sentence belongs, unless Escape said that letters are keys. */
function goesOnInText(desk: Desk, me: Me, press: KeyboardEvent): boolean {
  const { open } = desk.state;
  const alert = open?.alert ?? null;
  if (open === null || alert === null) return false;
  const draft = draftOf(desk.state, alert.alertId);
  if (open.leftAt === draft) return false;
  if (mayCheck(me, alert)) return isOfNote(press, draft) && focusOn(noteField);
  if (!mayPropose(me, alert) || !isOfRationale(press, draft)) return false;
  // Pressed twice, it is the key still.
  if (lower(press.key) === "u" && suggestionOf(alert)?.rationale === draft.rationale) return false;
  return focusOn(rationaleField);
}

function leave(field: HTMLElement): void {
  field.blur();
  document.getElementById("alert")?.focus({ preventScroll: true });
}

function onListKey(desk: Desk, me: Me, { key, target }: KeyboardEvent): boolean {
  const { route, list } = desk.state;
  switch (lower(key)) {
    case "?":
      go(desk, { page: "keys" });
      return true;
    case "n":
      if (!me.roles.includes("handler")) return false;
      void takeNext(desk);
      return true;
    case "j":
    case "k":
      if (route.page !== "alerts") return false;
      moveCursor(desk, lower(key) === "j" ? 1 : -1);
      return true;
    case "/":
      return focusOn('[data-testid="filter"]');
    case "enter":
      // A link or a button with the focus has an Enter of its own.
      if (route.page !== "alerts" || list.cursor === null || isControl(target)) return false;
      go(desk, { ...route, alertId: list.cursor });
      return true;
    default:
      return false;
  }
}

function isControl(target: EventTarget | null): boolean {
  return target instanceof Element && target.closest("a, button, summary, input") !== null;
}

function onAlertKey(desk: Desk, me: Me, { key }: KeyboardEvent): boolean {
  const alert = desk.state.open?.alert ?? null;
  if (alert === null) return false;
  if (mayCheck(me, alert)) return onCheckKey(desk, alert, lower(key));
  if (!mayPropose(me, alert)) return false;
  return onDispositionKey(desk, alert, lower(key));
}

function onCheckKey(desk: Desk, alert: Alert, key: string): boolean {
  if (key === "b" || key === "t") return focusOn(noteField);
  if (key !== "a") return false;
  void agree(desk, alert);
  return true;
}

function onDispositionKey(desk: Desk, alert: Alert, key: string): boolean {
  const { decision, isGoodGuy } = draftOf(desk.state, alert.alertId);
  const chosen = decisionKeys[key];
  if (chosen !== undefined) {
    choose(desk, alert, chosen);
    return true;
  }
  if (/^[1-9]$/.test(key)) {
    const reason = reasonsFor(decision)[Number(key) - 1];
    if (reason !== undefined) toggleReason(desk, alert, reason);
    return true;
  }
  switch (key) {
    case "t":
      return focusOn(rationaleField);
    case "u":
      useSuggestion(desk, alert);
      return true;
    case "g":
      if (pairsOf(alert).length > 0) updateDraft(desk, alert.alertId, { isGoodGuy: !isGoodGuy });
      return true;
    default:
      return false;
  }
}

/** Control and Enter: in the note to the maker it sends back, in any other field of a form it is that form's, else the proposal. */
function sendForm(desk: Desk, me: Me, target: EventTarget | null): boolean {
  const alert = desk.state.open?.alert ?? null;
  const form = target instanceof Element ? target.closest("form") : null;
  const name = form?.dataset["testid"];
  if (alert !== null && name === "check") {
    if (isTextField(target)) void sendBack(desk, alert);
    return isTextField(target);
  }
  if (form !== null && name !== "disposition") {
    form.requestSubmit();
    return true;
  }
  if (alert === null || !showsDisposition(me, alert, draftOf(desk.state, alert.alertId))) return false;
  void propose(desk, alert);
  return true;
}

function focusOn(selector: string): boolean {
  const field = document.querySelector<HTMLElement>(selector);
  field?.focus();
  return field !== null;
}

/** With the capitals lock on, the keys are the same. */
function lower(key: string): string {
  return key.toLowerCase();
}
