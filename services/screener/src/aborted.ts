/** Rejects with the signal's reason once it is aborted. Never resolves. */
export function aborted(signal: AbortSignal): Promise<never> {
  const { promise, reject } = Promise.withResolvers<never>();
  const tell = (): void => {
    reject(signal.reason as Error);
  };
  if (signal.aborted) tell();
  else signal.addEventListener("abort", tell, { once: true });
  return promise;
}
