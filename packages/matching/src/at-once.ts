/** Takes all steps of a piece of work, and gives its result. Whoever has other work takes them himself, and does some of it between two. */
export function atOnce<T>(steps: Iterator<void, T>): T {
  for (;;) {
    const step = steps.next();
    if (step.done === true) return step.value;
  }
}
