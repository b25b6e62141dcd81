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
export {
  type ConvertedEvent,
  formatOfMediaType,
  identityOf,
  type MessageNames,
  namesOf,
  type ReadMessage,
  readMessage,
} from "./read-message.ts";
export type { Where } from "./message-error.ts";
export type { EventType } from "./json/event-type.ts";
