import { randomUUID } from "node:crypto";

import { createLedgerBackend, memoryLedger } from "../support/memory-ledger.ts";
import { ledgerConformance } from "./ledger.conformance.ts";

ledgerConformance("in memory", () => {
  const backend = createLedgerBackend();
  const [deadMs, claimMs] = [150, 300];
  return { deadMs, claimMs, replica: () => memoryLedger(backend, { instance: randomUUID(), deadMs, claimMs }) };
});
