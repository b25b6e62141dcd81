import fc, { type Parameters } from "fast-check";

/*
 * Stands for fast-check while conditions are changed: each property runs for every change, so it runs on fewer examples, and on the same
 * ones each time, or a change would be noticed one day and not the next.
 */

const mostRuns = 60;

function fewer<T>(parameters: Parameters<T> = {}): Parameters<T> {
  return { ...parameters, numRuns: Math.min(parameters.numRuns ?? 100, mostRuns), seed: 1, endOnFailure: true };
}

const assert: typeof fc.assert = (property, parameters) => fc.assert(property as never, fewer(parameters) as never);

export default { ...fc, assert };
