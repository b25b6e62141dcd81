import { wentAway } from "../settle.ts";
import type { Desk } from "../state.ts";
import type * as Pages from "./pages.tsx";

type Loaded = typeof Pages;

let loaded: Loaded | null = null;
let isLoading = false;

/** The script of the pages beside the alerts; null until it is there, which draws anew. */
export function loadedPages(desk: Desk): Loaded | null {
  if (loaded === null && !isLoading) void load(desk);
  return loaded;
}

async function load(desk: Desk): Promise<void> {
  isLoading = true;
  try {
    loaded = await import("./pages.tsx");
    desk.update({});
  } catch {
    // When the desk can be reached again, it draws, and that asks again.
    wentAway(desk);
  } finally {
    isLoading = false;
  }
}
