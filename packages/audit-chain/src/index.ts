export {
  type AuditContent,
  type AuditRow,
  chained,
  type ChainEnd,
  firstPrev,
  hashOfRow,
  verifyChain,
  type Verification,
  type Witness,
} from "./chain.ts";
