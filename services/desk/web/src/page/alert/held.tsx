import type { Desk } from "../state.ts";
import type { Alert, Me } from "../wire.ts";
import { writtenTime } from "../words.ts";
import { holdOf } from "./holds.ts";
import { rescreen } from "./open.ts";
import { lastRescreen } from "./rescreens.ts";

/** Why an event is held, what helps, and what came of screening it again. */
export function Held({ desk, alert, me }: { readonly desk: Desk; readonly alert: Alert; readonly me: Me }) {
  const code = alert.holdReason ?? "";
  const { why, again, help } = holdOf(code);
  const isFinal = ["RELEASED", "REJECTED", "SUPERSEDED"].includes(alert.state);
  const last = isFinal ? null : lastRescreen(alert);
  return (
    <section aria-labelledby="h-held">
      <h3 id="h-held">
        Why this is held <span class="mono">{code}</span>
      </h3>
      <p class="said">{why}</p>
      {isFinal ? null : <p class="help">{help}</p>}
      {last === null ? null : (
        <p class="note warn" data-testid="rescreened">
          <b>{last.said}</b> <span class="num">{writtenTime(last.at, desk.state.now)}</span>
        </p>
      )}
      {me.roles.includes("handler") && !isFinal ? (
        <p class="act">
          <button
            type="button"
            class={again ? "primary" : "second"}
            disabled={desk.state.isSending}
            onClick={() => void rescreen(desk, alert)}
          >
            Rescreen
          </button>
          <span class="quiet">
            {again
              ? "It is screened with today's lists."
              : "Screening it again does not mend this: the record stays as it came. It can help only after Cordon's settings changed."}
          </span>
        </p>
      ) : null}
    </section>
  );
}
