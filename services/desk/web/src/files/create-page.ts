import { brotliCompressSync, gzipSync } from "node:zlib";

import { type BundledFile, bundlePage } from "./bundle.ts";
import { securityHeaders } from "./headers.ts";
import { htmlOf } from "./html.ts";
import type { PageSettings } from "./page-settings.ts";

export interface PageRequest {
  /** Path without the query. */
  readonly path: string;
  /** Value of `accept-encoding`, if there is one. */
  readonly acceptEncoding?: string | undefined;
}

export interface PageAnswer {
  readonly status: 200;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Uint8Array;
}

/** What a GET for a page or one of its files is answered with; null where the path is neither. */
export type PageServer = (request: PageRequest) => PageAnswer | null;

const pages = [
  "/",
  "/sign-in",
  "/alerts",
  "/good-guys",
  "/samples",
  "/look-backs",
  "/shadow-runs",
  "/reports",
  "/audit",
  "/keys",
];

/** Builds the page's files once and answers from memory. Takes some hundred milliseconds. */
export async function createPage(settings: PageSettings): Promise<PageServer> {
  const bundle = bundlePage();
  const html = answersOf({ path: "/", type: "text/html; charset=utf-8", text: htmlOf(bundle, settings) }, "no-store");
  const forever = "public, max-age=31536000, immutable";
  const files = new Map(bundle.all.map((file) => [file.path, answersOf(file, forever)]));
  return ({ path, acceptEncoding = "" }) => {
    const answers = files.get(path) ?? (isPage(path) ? html : null);
    return answers === null ? null : best(answers, acceptEncoding);
  };
}

/** `/alerts/ID` is a page, too; what the id is, the script asks the API. */
function isPage(path: string): boolean {
  return pages.includes(path) || /^\/alerts\/[^/]{1,200}$/.test(path);
}

interface Answers {
  readonly plain: PageAnswer;
  readonly br: PageAnswer;
  readonly gzip: PageAnswer;
}

function best({ br, gzip, plain }: Answers, acceptEncoding: string): PageAnswer {
  if (/\bbr\b/.test(acceptEncoding)) return br;
  return /\bgzip\b/.test(acceptEncoding) ? gzip : plain;
}

function answersOf({ type, text }: BundledFile, cacheControl: string): Answers {
  const answer = (body: Uint8Array, encoding?: string): PageAnswer => ({
    status: 200,
    headers: {
      ...securityHeaders,
      "content-type": type,
      "content-length": String(body.byteLength),
      "cache-control": cacheControl,
      vary: "accept-encoding",
      ...(encoding === undefined ? {} : { "content-encoding": encoding }),
    },
    body,
  });
  const plain = Buffer.from(text);
  return { plain: answer(plain), br: answer(brotliCompressSync(plain), "br"), gzip: answer(gzipSync(plain), "gzip") };
}
