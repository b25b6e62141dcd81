/** Times of single calls, in microseconds of elapsed time. */
export interface Latency {
  readonly p50: number;
  readonly p99: number;
  readonly p999: number;
  readonly max: number;
}

/**
 * What `ask` takes for each text, in two passes that both begin with nothing remembered; of each text the lesser time
 * counts. What a text costs comes back in both passes, a growing memory too; what another process took from the core
 * hardly ever meets the same text twice.
 */
export function latencyOf(texts: readonly string[], begin: () => (text: string) => unknown): Latency {
  const micros = new Float64Array(texts.length).fill(Number.POSITIVE_INFINITY);
  for (let pass = 0; pass < 2; pass++) {
    const ask = begin();
    for (const [at, text] of texts.entries()) {
      const begun = performance.now();
      ask(text);
      micros[at] = Math.min(micros[at] ?? Number.POSITIVE_INFINITY, (performance.now() - begun) * 1000);
    }
  }
  micros.sort();
  const at = (share: number): number => micros[Math.min(micros.length - 1, Math.floor(micros.length * share))] ?? 0;
  return { p50: at(0.5), p99: at(0.99), p999: at(0.999), max: at(1) };
}
