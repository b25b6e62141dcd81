import { brotliDecompressSync, gunzipSync } from "node:zlib";

import { beforeAll, describe, expect, test } from "vitest";

import { bundlePage } from "../../src/files/bundle.ts";
import { createPage, type PageServer } from "../../src/index.ts";

describe("the files of the page", () => {
  let page: PageServer;
  beforeAll(async () => {
    page = await createPage({ signIn: ["local", "oidc"], lists: ["uk", "un", "ofac"] });
  });

  const html = (): string => Buffer.from(page({ path: "/" })?.body ?? []).toString();

  test("every page of the contract is the one document, which is never stored", () => {
    for (const path of [
      "/",
      "/sign-in",
      "/alerts",
      "/alerts/5f3a",
      "/good-guys",
      "/samples",
      "/look-backs",
      "/shadow-runs",
      "/reports",
      "/audit",
      "/keys",
    ]) {
      expect(Buffer.from(page({ path })?.body ?? []).toString()).toBe(html());
      expect(page({ path })?.headers["cache-control"]).toBe("no-store");
    }
  });

  test.each([
    "/alerts/a/b",
    "/api/v1/me",
    "/assets/desk.js",
    "/assets/../package.json",
    "/auth/login",
    "/healthz",
    "/metrics",
    "",
  ])("%j is no page", (path) => {
    expect(page({ path })).toBeNull();
  });

  test("the document names no other host and holds no script or style of its own", () => {
    expect(html()).not.toMatch(/https?:|<style|style=|\son[a-z]+=|<script(?! type="module" src="\/assets\/)/);
    expect(html()).toContain('content="local oidc"');
    expect(html()).toContain('name="desk-lists" content="uk un ofac"');
  });

  test("what it names is served for ever, in the encoding that is asked for", () => {
    const names = [...html().matchAll(/(?:src|href)="(\/assets\/[^"]+)"/g)].map(([, name = ""]) => name);
    expect(names).toHaveLength(2);
    for (const path of names) {
      const plain = page({ path });
      const br = page({ path, acceptEncoding: "gzip, deflate, br, zstd" });
      const gzip = page({ path, acceptEncoding: "gzip" });
      expect(plain?.headers["cache-control"]).toContain("immutable");
      expect(br?.headers["content-encoding"]).toBe("br");
      expect(
        Buffer.from(brotliDecompressSync(br?.body ?? new Uint8Array())).equals(Buffer.from(plain?.body ?? [])),
      ).toBe(true);
      expect(gunzipSync(gzip?.body ?? new Uint8Array()).equals(Buffer.from(plain?.body ?? []))).toBe(true);
    }
  });

  test("every answer bears the policy, which allows nothing that is not the desk's own", () => {
    const policy = page({ path: "/" })?.headers["content-security-policy"] ?? "";
    expect(policy).toMatch(/^default-src 'none'; /);
    expect(policy).not.toMatch(/unsafe|\*|https?:|report/);
    for (const part of policy.split("; ")) expect(part).toMatch(/^[a-z-]+ (?:'none'|'self'(?: data:)?)$/);
  });

  test("the script takes less than 60 kB on the wire, and a page of alerts less than half of that", () => {
    const scripts = bundlePage().all.filter(({ type }) => type.startsWith("text/javascript"));
    const others = scripts.filter(({ path }) => path.includes("/pages-"));
    const bytes = scripts.map(({ path }) => page({ path, acceptEncoding: "gzip" })?.body.length ?? Number.NaN);
    const all = bytes.reduce((sum, one) => sum + one, 0);
    expect(others).toHaveLength(1);
    expect(all).toBeLessThan(60_000);
    expect(all - (bytes[scripts.indexOf(others[0] as (typeof scripts)[number])] ?? 0)).toBeLessThan(30_000);
  });
});
