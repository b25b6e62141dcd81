import type { HealthCheck } from "@cordon/service";

import type { Access } from "../auth/access.ts";
import type { GatewayLimits } from "../config.ts";
import type { Answer, Question } from "../decisions/ask.ts";
import type { Admission } from "../intake/admission.ts";
import type { MessageReceived, MessageTaken } from "../intake/take-message.ts";
import type { GatewayTelemetry } from "../telemetry.ts";
import type { WriteDecision } from "./decision-json.ts";

/** What the routes work with. */
export interface AppDeps {
  readonly access: Pick<Access, "identify">;
  readonly admission: Admission;
  /** Rejects with KAFKA_UNAVAILABLE and the like while there is nothing to take messages with. */
  readonly take: (received: MessageReceived) => Promise<MessageTaken>;
  readonly ask: (question: Question) => Promise<Answer>;
  readonly writeDecision: WriteDecision;
  readonly health: HealthCheck;
  readonly ready: HealthCheck;
  readonly limits: Pick<GatewayLimits, "maxBytes">;
  readonly telemetry: Pick<GatewayTelemetry, "answered" | "refused" | "failed">;
  /** Whoever waits is answered when we end. */
  readonly ending: AbortSignal;
}
