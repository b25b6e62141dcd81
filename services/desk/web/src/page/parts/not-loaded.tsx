import type { Desk } from "../state.ts";
import { forgetFailed } from "./parts.ts";

/** In place of a part of the page whose script did not come. */
export function NotLoaded({ desk }: { readonly desk: Desk }) {
  const { isAway, drafts } = desk.state;
  if (isAway) return <p class="quiet">This part of the desk comes when the desk can be reached again.</p>;
  return (
    <div role="alert" data-testid="problem" data-code="PART_NOT_LOADED" class="say bad">
      <span>
        This part of the desk could not be loaded. If trying again does not help, the desk was renewed meanwhile: load
        the page anew{drafts.size > 0 ? ". What you typed and have not sent is lost then" : ""}.
      </span>
      <button type="button" class="plain" onClick={() => forgetFailed(desk)}>
        Try again
      </button>
    </div>
  );
}
