import type { ListSyncTelemetry } from "../../src/telemetry.ts";

type Name = keyof ListSyncTelemetry;

export interface Recorded {
  readonly telemetry: ListSyncTelemetry;
  /** The names of what happened, in order. */
  readonly names: () => readonly Name[];
  /** The facts of each time that it happened. */
  readonly of: <K extends Name>(name: K) => readonly Parameters<ListSyncTelemetry[K]>[0][];
}

/** Remembers what happened, and tells a listener. */
export function recordTelemetry(listener: Partial<ListSyncTelemetry> = {}): Recorded {
  const events: { readonly name: Name; readonly fact: unknown }[] = [];
  const telemetry = new Proxy({} as ListSyncTelemetry, {
    get:
      (_, name: Name) =>
      (...facts: readonly unknown[]): void => {
        events.push({ name, fact: facts[0] });
        (listener[name] as ((...all: readonly unknown[]) => void) | undefined)?.(...facts);
      },
  });
  return {
    telemetry,
    names: () => events.map(({ name }) => name),
    of: <K extends Name>(name: K) =>
      events.filter((event) => event.name === name).map(({ fact }) => fact as Parameters<ListSyncTelemetry[K]>[0]),
  };
}
