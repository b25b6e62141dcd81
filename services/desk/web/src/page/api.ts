/** What a request came to. `refused`: the service said no, with a code; `away`: it could not be reached. */
export type Answer<T> =
  | { readonly kind: "ok"; readonly body: T }
  | { readonly kind: "none" }
  | { readonly kind: "refused"; readonly status: number; readonly code: string; readonly message: string }
  | { readonly kind: "away" };

export type Method = "GET" | "POST" | "PUT" | "DELETE";

/** A service that hangs is away, too. */
const patience = 20_000;

export async function ask<T>(method: Method, path: string, body?: unknown): Promise<Answer<T>> {
  const writes = method !== "GET";
  let response: Response;
  let text: string;
  try {
    response = await fetch(`/api/v1${path}`, {
      method,
      credentials: "same-origin",
      cache: "no-store",
      headers: { accept: "application/json", ...(writes ? { "content-type": "application/json", "x-desk": "1" } : {}) },
      ...(writes ? { body: JSON.stringify(body ?? {}) } : {}),
      signal: AbortSignal.timeout(patience),
    });
    text = await response.text();
  } catch {
    return { kind: "away" };
  }
  if (response.status === 204 || (response.ok && text === "")) return { kind: "none" };
  const parsed = parse(text);
  if (response.ok) return parsed === undefined ? { kind: "away" } : { kind: "ok", body: parsed as T };
  const { code, message } = (typeof parsed === "object" && parsed !== null ? parsed : {}) as Partial<
    Record<"code" | "message", unknown>
  >;
  return {
    kind: "refused",
    status: response.status,
    code: typeof code === "string" ? code : `HTTP_${String(response.status)}`,
    message: typeof message === "string" ? message : "The service did not say why.",
  };
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

export function query(parameters: Readonly<Record<string, string | number | null | undefined>>): string {
  const search = new URLSearchParams();
  for (const [name, value] of Object.entries(parameters))
    if (value !== null && value !== undefined && value !== "") search.set(name, String(value));
  const text = search.toString();
  return text === "" ? "" : `?${text}`;
}
