import type { ScreenerTelemetry } from "../../src/telemetry.ts";

type Name = keyof ScreenerTelemetry;

export interface Recorded {
  readonly telemetry: ScreenerTelemetry;
  /** The names of what happened, in order. */
  readonly names: () => readonly Name[];
  /** The facts of each time that it happened. */
  readonly of: <K extends Name>(name: K) => readonly Parameters<ScreenerTelemetry[K]>[0][];
}

/** Remembers what happened, and tells a listener. */
export function recordTelemetry(listener: Partial<ScreenerTelemetry> = {}): Recorded {
  const events: { readonly name: Name; readonly fact: unknown }[] = [];
  const telemetry = new Proxy({} as ScreenerTelemetry, {
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
      events.filter((event) => event.name === name).map(({ fact }) => fact as Parameters<ScreenerTelemetry[K]>[0]),
  };
}
