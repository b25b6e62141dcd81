export { connectProcessor, type ProcessorAccess } from "./connect-processor.ts";
