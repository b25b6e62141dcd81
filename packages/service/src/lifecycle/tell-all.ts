/** An object of facts in the past tense, each a method that returns nothing. */
type Telemetry<T> = { readonly [K in keyof T]: (...facts: never[]) => void };

/** Tells each fact to every listener, in their order: one logs, another counts. Those behind the first may want only some. */
export function tellAll<T extends Telemetry<T>>(listeners: readonly [T, ...Partial<T>[]]): T {
  const names = Object.keys(listeners[0]) as (keyof T)[];
  const tell =
    (name: keyof T) =>
    (...facts: never[]): void => {
      for (const listener of listeners) listener[name]?.(...facts);
    };
  return Object.fromEntries(names.map((name) => [name, tell(name)])) as unknown as T;
}
