import type { ServiceName } from "../service.ts";

/** What the container host says on its standard output, one JSON object a line. */
export type Message =
  | { readonly kind: "no-engine"; readonly why: string }
  | { readonly kind: "progress"; readonly line: string }
  | { readonly kind: "up"; readonly service: ServiceName; readonly address: string }
  /** The image cannot be had here: another way may still do. */
  | { readonly kind: "unavailable"; readonly service: ServiceName; readonly why: string }
  /** It was started and did not come up. */
  | { readonly kind: "failed"; readonly service: ServiceName; readonly why: string };

/** Undefined for a line that is none of ours, such as a library's. */
export function parseMessage(line: string): Message | undefined {
  try {
    const value: unknown = JSON.parse(line);
    return typeof value === "object" && value !== null && "kind" in value ? (value as Message) : undefined;
  } catch {
    return undefined;
  }
}
