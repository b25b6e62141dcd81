export { assertNever } from "./assert-never.ts";
export {
  type CodeWith,
  type Disposition,
  type ErrorCode,
  errorCatalogue,
  type HoldReason,
  holdReasons,
  isRetried,
} from "./catalogue.ts";
export { CordonError, type CordonErrorOptions, dispositionOf, type ErrorDetails } from "./cordon-error.ts";
