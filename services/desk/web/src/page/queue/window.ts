/** Heights in pixels: they are those of the style sheet. */
export const rowHeight = 56;
export const headingHeight = 29;

/** Rows drawn above and below what is seen, so that a key or a wheel finds them there. */
const margin = 20;

export interface Window {
  readonly from: number;
  readonly to: number;
  readonly before: number;
  readonly after: number;
}

/** Which of `count` rows are drawn, and the height of what is not. */
export function windowOf(
  count: number,
  headings: ReadonlyMap<number, string>,
  view: { readonly top: number; readonly height: number },
): Window {
  const offset = (index: number): number => {
    let height = index * rowHeight;
    for (const at of headings.keys()) if (at < index) height += headingHeight;
    return height;
  };
  const first = Math.floor(view.top / rowHeight) - headings.size;
  const from = Math.max(0, Math.min(first, count) - margin);
  const to = Math.min(count, Math.ceil((view.top + view.height) / rowHeight) + margin);
  return { from, to, before: offset(from), after: offset(count) - offset(to) };
}
