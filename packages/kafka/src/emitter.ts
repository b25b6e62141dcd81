export interface Emitter<Events> {
  readonly on: <K extends keyof Events>(event: K, listener: (event: Events[K]) => void) => () => void;
  readonly emit: <K extends keyof Events>(event: K, payload: Events[K]) => void;
}

/** Calls listeners in the order they came, at once. What a listener throws reaches whoever emitted. */
export function createEmitter<Events>(): Emitter<Events> {
  const listeners: { [K in keyof Events]?: Set<(event: Events[K]) => void> } = {};
  return {
    on(event, listener) {
      const set = (listeners[event] ??= new Set());
      set.add(listener);
      return () => {
        set.delete(listener);
      };
    },
    emit(event, payload) {
      for (const listener of listeners[event] ?? []) listener(payload);
    },
  };
}
