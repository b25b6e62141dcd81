export { assertNever } from "./assert-never.ts";
export { type Disposition, type ErrorCode, errorCatalogue, type HoldReason, holdReasons } from "./catalogue.ts";
export { CordonError, type CordonErrorOptions, dispositionOf, type ErrorDetails } from "./cordon-error.ts";
