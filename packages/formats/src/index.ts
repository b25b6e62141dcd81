export {
  type Converter,
  type ConvertOptions,
  converter,
  convertMessage,
  type MessageFormat,
  type Survey,
  type Surveyor,
  surveyor,
} from "./convert.ts";
export type { Converted, ConvertedField, FieldKind, FieldRole } from "./converted.ts";
export { type MessageLimits, messageLimits } from "./limits.ts";
