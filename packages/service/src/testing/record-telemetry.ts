export interface Recorded<T extends Told<T>> {
  readonly telemetry: T;
  /** The names of what happened, in order. */
  readonly names: () => readonly (keyof T)[];
  /** The facts of each time that it happened. */
  readonly of: <K extends keyof T>(name: K) => readonly Parameters<T[K]>[0][];
}

/** A telemetry: a function for each thing that may happen, which is told the facts. */
type Told<T> = { readonly [K in keyof T]: (...facts: never[]) => void };

/** Remembers what happened, and tells a listener. */
export function recordTelemetry<T extends Told<T>>(listener: Partial<T> = {}): Recorded<T> {
  const events: { readonly name: keyof T; readonly fact: unknown }[] = [];
  const telemetry = new Proxy({} as T, {
    get:
      (_, name) =>
      (...facts: readonly unknown[]): void => {
        events.push({ name: name as keyof T, fact: facts[0] });
        (listener[name as keyof T] as ((...all: readonly unknown[]) => void) | undefined)?.(...facts);
      },
  });
  return {
    telemetry,
    names: () => events.map(({ name }) => name),
    of: <K extends keyof T>(name: K) =>
      events.filter((event) => event.name === name).map(({ fact }) => fact as Parameters<T[K]>[0]),
  };
}
