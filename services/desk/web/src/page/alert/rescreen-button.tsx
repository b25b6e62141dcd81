import type { Desk } from "../state.ts";
import type { Alert } from "../wire.ts";
import { rescreen } from "./open.ts";

export function RescreenButton({ desk, alert }: { readonly desk: Desk; readonly alert: Alert }) {
  return (
    <button type="button" class="primary" disabled={desk.state.isSending} onClick={() => void rescreen(desk, alert)}>
      Rescreen
    </button>
  );
}
