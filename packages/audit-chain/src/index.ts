export {
  type AuditContent,
  type AuditRow,
  chained,
  type ChainEnd,
  verifyChain,
  type Verification,
  type Witness,
} from "./chain.ts";
