import type { z } from "zod";

import type { Role, Session } from "../people/sessions.ts";

/** What a handler is given; everything is checked by then but what only the store knows. */
export interface Asked<Body, Query> {
  readonly params: Readonly<Record<string, string>>;
  readonly query: Query;
  readonly body: Body;
  readonly person: Session;
}

export interface Answered {
  readonly status?: number;
  /** Absent: no content. */
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
  /** Text instead of JSON. */
  readonly text?: string;
}

/** One row of the table that the server, the document and the tests are made from. */
export interface Route {
  readonly method: "GET" | "POST" | "PUT" | "DELETE";
  /** Below `/api/v1`, with `:names` in it. */
  readonly path: string;
  /** Who may: one of these roles suffices; `any`: whoever is signed in. */
  readonly roles: readonly Role[] | "any";
  readonly summary: string;
  readonly body: z.ZodType | null;
  readonly query: z.ZodType | null;
  /** Says that what the path names is there, before the body is looked at. Throws NOT_FOUND. */
  readonly exists?: (params: Readonly<Record<string, string>>) => Promise<void>;
  /** What the audit says that a person did who was answered, where the answer itself writes no row. */
  readonly audited?: string;
  readonly answer: (asked: Asked<unknown, unknown>) => Promise<Answered>;
}

/** A route whose handler knows the types of what it is given. */
export function route<B extends z.ZodType, Q extends z.ZodType>(one: {
  readonly method: Route["method"];
  readonly path: string;
  readonly roles: Route["roles"];
  readonly summary: string;
  readonly body?: B;
  readonly query?: Q;
  readonly exists?: Route["exists"];
  readonly audited?: string;
  readonly answer: (asked: Asked<z.output<B>, z.output<Q>>) => Promise<Answered>;
}): Route {
  const { body = null, query = null, exists, answer, ...rest } = one;
  return {
    ...rest,
    body,
    query,
    ...(exists === undefined ? {} : { exists }),
    answer: answer as unknown as Route["answer"],
  };
}
