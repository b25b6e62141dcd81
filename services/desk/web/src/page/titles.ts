import type { Route } from "./router.ts";

/** What a page is called, in its heading and in the title of the window. */
export const titles: Readonly<Record<Exclude<Route["page"], "alerts">, string>> = {
  "good-guys": "Good guys",
  samples: "Second look",
  "look-backs": "Look-backs",
  "shadow-runs": "Shadow runs",
  reports: "Reports",
  audit: "Audit trail",
  keys: "Keys",
  missing: "No such page",
};
