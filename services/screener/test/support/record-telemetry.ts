import { recordTelemetry as record, type Recorded as RecordedOf } from "@cordon/service/testing";

import type { ScreenerTelemetry } from "../../src/telemetry.ts";

export type Recorded = RecordedOf<ScreenerTelemetry>;
export const recordTelemetry = record<ScreenerTelemetry>;
