export {
  type AuditContent,
  type AuditRow,
  chained,
  type ChainEnd,
  hashOfRecord,
  ledTo,
  verifyChain,
  type Verification,
  type Witness,
} from "./chain.ts";
