import { NotLoaded } from "../parts/not-loaded.tsx";
import { partOf } from "../parts/parts.ts";
import { Says } from "../parts/says.tsx";
import { Back, Key } from "../parts/small.tsx";
import type { Desk } from "../state.ts";
import type { Me } from "../wire.ts";
import { takeNext } from "./judge.ts";

/** The alert that is open, or what to do while none is. */
export function AlertPane({ desk, me }: { readonly desk: Desk; readonly me: Me }) {
  const { open } = desk.state;
  if (open === null) return <NoAlert desk={desk} me={me} />;
  const { alert, status } = open;
  const part = partOf(desk, "alert");
  if (part.kind === "there" && alert !== null) return <part.View desk={desk} me={me} alert={alert} />;
  return (
    <main class="alert" id="alert" tabIndex={-1}>
      <div class="waiting">
        <Back desk={desk} />
        {part.kind === "failed" ? (
          <NotLoaded desk={desk} />
        ) : (
          <p class="quiet">
            {status === "missing" ? "There is no such alert, or it is not kept any more." : "Reading the alert …"}
          </p>
        )}
      </div>
      <div />
      <Says desk={desk} />
    </main>
  );
}

function NoAlert({ desk, me }: { readonly desk: Desk; readonly me: Me }) {
  return (
    <main class="alert none" id="alert" tabIndex={-1}>
      <div class="waiting">
        {me.roles.includes("handler") ? (
          <>
            <p class="quiet">Choose an alert, or take the one that is most urgent.</p>
            <button type="button" class="primary" aria-keyshortcuts="n" onClick={() => void takeNext(desk)}>
              Take the next <Key>N</Key>
            </button>
          </>
        ) : (
          <p class="quiet">Choose an alert.</p>
        )}
      </div>
      <div />
      <Says desk={desk} />
    </main>
  );
}
