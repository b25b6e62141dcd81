import { CordonError } from "./cordon-error.ts";

/** Ends an exhaustive `switch`: unreachable while the types hold. */
export function assertNever(value: never): never {
  throw new CordonError("CONTRACT_VIOLATED", `a value outside its type reached an exhaustive switch: ${typeof value}`);
}
