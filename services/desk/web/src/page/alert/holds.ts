/** Why an event is held, and what a person can do about it. */
export interface Hold {
  readonly why: string;
  /** Whether screening the same record again, with today's lists, can free it. */
  readonly again: boolean;
  readonly help: string;
}

const holds: Readonly<Record<string, Hold>> = {
  INDEX_STALE: {
    why: "The lists were too old when the event came.",
    again: true,
    help: "Rescreen it. What is clear by today's lists leaves this view by itself; nobody releases it by hand.",
  },
  DEADLINE_PASSED: {
    why: "The answer would have come too late.",
    again: true,
    help: "Rescreen it: then nobody asks for the time. What is clear leaves this view by itself; nobody releases it by hand.",
  },
  NAME_UNREADABLE: {
    why: "A text could not be read.",
    again: false,
    help: "Read it yourself below, screen its Latin spelling by hand, and propose. Or have it sent again in letters that can be read, and escalate this one.",
  },
  FIELD_MISSING: {
    why: "A name that must be there is missing.",
    again: false,
    help: "Get it from the sender, screen it by hand, and propose. Or have the payment sent again with it, and escalate this one.",
  },
  FIELD_UNREAD: {
    why: "The event has a text that is not screened.",
    again: false,
    help: "Find that text at its sender, screen it by hand, and propose. It can be screened again once whoever runs Cordon has dealt with the field.",
  },
  FIELD_TRUNCATED: {
    why: "A text was cut before it came here.",
    again: false,
    help: "Get the whole text from the sender, screen it by hand, and propose.",
  },
  FIELD_MISPLACED: {
    why: "Something stands where it does not belong.",
    again: false,
    help: "Every text of it was screened. Look below what the sender can have meant, and propose. Or have it sent again, and escalate this one.",
  },
  QUERY_TOO_BROAD: {
    why: "There was too much text to compare in full.",
    again: false,
    help: "Look below for what does not belong there, screen the parts by hand, and propose.",
  },
  COUNT_MISMATCH: {
    why: "The message holds another number of payments than it says.",
    again: false,
    help: "Ask the sender which number is right. If all of them came, propose. If not, have the whole message sent again, and escalate this one.",
  },
  MESSAGE_INCOMPLETE: {
    why: "The message lacks a debtor or a creditor.",
    again: false,
    help: "Learn from the sender who is missing, screen the name by hand, and propose. Or have the whole message sent again, and escalate this one.",
  },
  LISTED_PLACE: {
    why: "It names a place, a country or a word that is to be held.",
    again: false,
    help: "Is the payment really to it, from it or about it? Look below, and propose.",
  },
  RECORD_UNDECODABLE: {
    why: "The record could not be read at all.",
    again: false,
    help: "Tell the sender: it must be sent again. Escalate this one; nobody releases it by hand.",
  },
};

const unknown: Hold = {
  why: "The event could not be screened in full.",
  again: false,
  help: "Ask whoever runs Cordon what this reason means before you propose.",
};

export function holdOf(reason: string): Hold {
  return holds[reason] ?? unknown;
}
