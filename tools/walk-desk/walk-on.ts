import type { Page } from "playwright-core";

/** One way that was gone. */
export interface Walk {
  readonly what: string;
  readonly by: "keys" | "mouse";
  /** Keys pressed or clicks made, but for the sentence. */
  readonly steps: number;
  /** Sentences typed. */
  readonly texts: number;
  readonly seconds: number;
}

/** All ways so far. */
export const walks: Walk[] = [];

type Control = "button" | "radio" | "checkbox" | "textbox";

/** A way on one page: each step is counted as it is made, from the first until it is done. */
export function walkOn(page: Page) {
  let [steps, texts, began] = [0, 0, 0];
  const count = (): void => {
    if (steps === 0) began = performance.now();
    steps++;
  };
  const end = (what: string, by: Walk["by"]): void => {
    const seconds = (performance.now() - began) / 1000;
    walks.push({ what, by, steps, texts, seconds });
    process.stderr.write(`${what}, by ${by}: ${String(steps)} steps, ${seconds.toFixed(1)} s\n`);
  };
  return {
    end,
    async keys(...names: readonly string[]): Promise<void> {
      for (const name of names) {
        count();
        await page.keyboard.press(name);
      }
    },
    async click(role: Control, name: string | RegExp): Promise<void> {
      count();
      await page.getByRole(role, { name }).first().click();
    },
    /** As people do: the capital letter that it begins with is typed with shift. */
    async type(text: string): Promise<void> {
      texts++;
      await page.keyboard.press(`Shift+${text.slice(0, 1)}`);
      await page.keyboard.type(text.slice(1));
    },
    /** Until the page says that it is done. */
    async done(what: string, by: Walk["by"], sign: RegExp): Promise<void> {
      await page.getByTestId("notice").filter({ hasText: sign }).waitFor();
      end(what, by);
    },
  };
}
