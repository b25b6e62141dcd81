import type { View } from "./wire.ts";
import { views } from "./wire.ts";

export type Route =
  | { readonly page: "alerts"; readonly view: View; readonly alertId: string | null }
  | { readonly page: "good-guys" | "samples" | "look-backs" | "shadow-runs" | "reports" | "audit" | "keys" }
  | { readonly page: "missing" };

const plainPages = ["good-guys", "samples", "look-backs", "shadow-runs", "reports", "audit", "keys"] as const;

/** What an address shows. An open alert has no view in its address: `view` is that of the list it was opened from. */
export function routeOf(
  { pathname, search }: { readonly pathname: string; readonly search: string },
  view: View,
): Route {
  const path = pathname.length > 1 ? pathname.replace(/\/$/, "") : pathname;
  const plain = plainPages.find((page) => path === `/${page}`);
  if (plain !== undefined) return { page: plain };
  if (path === "/" || path === "/alerts" || path === "/sign-in") {
    const asked = new URLSearchParams(search).get("view");
    return { page: "alerts", view: views.find((one) => one === asked) ?? "queue", alertId: null };
  }
  const [, id] = /^\/alerts\/([^/]+)$/.exec(path) ?? [];
  return id === undefined ? { page: "missing" } : { page: "alerts", view, alertId: decoded(id) };
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

export function pathOf(route: Route): string {
  if (route.page === "missing") return "/alerts";
  if (route.page !== "alerts") return `/${route.page}`;
  return route.alertId === null ? `/alerts?view=${route.view}` : `/alerts/${encodeURIComponent(route.alertId)}`;
}
