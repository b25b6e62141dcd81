import type { ComponentChildren } from "preact";

import type { Piece } from "../alert/marked.ts";
import type { Desk, Remote } from "../state.ts";

/** A key's name beside its control. The control itself says it in `aria-keyshortcuts`. */
export function Key({ children }: { readonly children: string }) {
  return <kbd aria-hidden="true">{children}</kbd>;
}

/** The second of two fast clicks would hit what stands there by then: the same button of another alert. */
export function once(act: () => unknown = () => undefined): (event: MouseEvent) => void {
  return (event) => {
    if (event.detail > 1) event.preventDefault();
    else act();
  };
}

/** Text of a person's name or a payment: in its own direction, with what matched marked. */
export function Pieces({ pieces }: { readonly pieces: readonly Piece[] }) {
  return <bdi>{pieces.map(({ text, matched }) => (matched ? <mark>{text}</mark> : text))}</bdi>;
}

/** Where one pane is shown at a time. */
export function Back({ desk }: { readonly desk: Desk }) {
  return (
    <a class="back" href={`/alerts?view=${desk.state.list.view}`}>
      ‹ Back to the list
    </a>
  );
}

export function Main({ title, children }: { readonly title: string; readonly children: ComponentChildren }) {
  return (
    <main class="page" id="alert" tabIndex={-1}>
      <div class="sheet">
        <h1>{title}</h1>
        {children}
      </div>
    </main>
  );
}

/** In place of what an answer has not brought yet, or will not. Null when it is there. */
export function Missing({ remote, what }: { readonly remote: Remote; readonly what: string }) {
  switch (remote.kind) {
    case "read":
      return null;
    case "reading":
      return <p class="quiet">Reading {what} …</p>;
    case "away":
      return <p class="quiet">The desk cannot be reached, so {what} cannot be shown.</p>;
    case "refused":
      return (
        <div role="alert" data-testid="problem" data-code={remote.code} class="say bad">
          {remote.code === "ROLE_MISSING" ? `Your role does not see ${what}.` : remote.message}
        </div>
      );
  }
}
