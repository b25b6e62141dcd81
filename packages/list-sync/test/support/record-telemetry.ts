import { recordTelemetry as record, type Recorded as RecordedOf } from "@cordon/service/testing";

import type { ListSyncTelemetry } from "../../src/telemetry.ts";

export type Recorded = RecordedOf<ListSyncTelemetry>;
export const recordTelemetry = record<ListSyncTelemetry>;
