import type { Desk } from "../state.ts";
import type { Me } from "../wire.ts";
import { Audit } from "./audit.tsx";
import { GoodGuys } from "./good-guys.tsx";
import { KeysPage } from "./keys-page.tsx";
import { LookBacks } from "./look-backs.tsx";
import { Reports } from "./reports.tsx";
import { Samples } from "./samples.tsx";
import { ShadowRuns } from "./shadow-runs.tsx";

export type PlainPage = "good-guys" | "samples" | "look-backs" | "shadow-runs" | "reports" | "audit" | "keys";

/** The pages beside the alerts. They are a script of their own, so that alerts do not wait for them. */
export function PlainPages({ desk, me, page }: { readonly desk: Desk; readonly me: Me; readonly page: PlainPage }) {
  switch (page) {
    case "good-guys":
      return <GoodGuys desk={desk} me={me} />;
    case "samples":
      return <Samples desk={desk} me={me} />;
    case "look-backs":
      return <LookBacks desk={desk} me={me} />;
    case "shadow-runs":
      return <ShadowRuns desk={desk} me={me} />;
    case "reports":
      return <Reports desk={desk} me={me} />;
    case "audit":
      return <Audit desk={desk} me={me} />;
    case "keys":
      return <KeysPage desk={desk} />;
  }
}
