import type { ErrorCode } from "@cordon/errors";
import type { TopicReport } from "@cordon/kafka";
import type { MessageFormat } from "@cordon/messages";
import type { Waited } from "@cordon/service";

export type RouteName = "messages" | "decisions" | "other";

/** What happened, in the past tense. Nothing here holds a party's name, or anything of a message. */
export interface GatewayTelemetry {
  readonly waited: (event: Waited) => void;
  readonly resumed: (event: { readonly what: string; readonly attempts: number }) => void;
  readonly topicsChecked: (reports: readonly TopicReport[]) => void;
  readonly accessChanged: (event: { readonly what: "tokens" | "certificates" }) => void;
  readonly accessFaulty: (event: { readonly what: "tokens" | "certificates"; readonly error: unknown }) => void;
  /** Null where it waited for a decision on purpose. */
  readonly answered: (event: {
    readonly route: RouteName;
    readonly status: number;
    readonly milliseconds: number | null;
  }) => void;
  readonly refused: (event: { readonly code: ErrorCode }) => void;
  /** Something that nobody foresaw: the sender was told that nothing is known to be screened. */
  readonly failed: (event: { readonly route: RouteName; readonly error: unknown }) => void;
  readonly messageTaken: (event: {
    readonly format: MessageFormat;
    readonly events: number;
    readonly duplicate: boolean;
  }) => void;
  readonly finishFailed: (event: { readonly error: unknown }) => void;
  readonly decisionSeen: (event: { readonly outcome: string; readonly milliseconds: number }) => void;
  readonly ledgerAway: (event: { readonly error: unknown }) => void;
  readonly ledgerBack: () => void;
  readonly eventsAdopted: (event: { readonly events: number; readonly since: number }) => void;
  readonly connectionDropped: (event: { readonly why: "all" | "address" }) => void;
}
