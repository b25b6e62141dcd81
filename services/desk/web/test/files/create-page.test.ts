import { brotliDecompressSync, gunzipSync } from "node:zlib";

import { beforeAll, describe, expect, test } from "vitest";

import { type BundledFile, bundlePage } from "../../src/files/bundle.ts";
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
    expect(names.length).toBeGreaterThan(2);
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

  /** Bytes as the browser reads them, and as they are sent. */
  const sizesOf = (files: readonly BundledFile[]) => ({
    unpacked: files.reduce((sum, { text }) => sum + Buffer.byteLength(text), 0),
    sent: files.reduce((sum, { path }) => sum + (page({ path, acceptEncoding: "gzip" })?.body.length ?? Number.NaN), 0),
  });

  test("what is loaded before the list can be seen takes less than 60 kB unpacked, and the document names all of it", () => {
    const { script, needs } = bundlePage();
    const start = needs.get(script.path) ?? [];
    const { unpacked, sent } = sizesOf(start);
    expect(unpacked).toBeGreaterThan(30_000);
    expect(unpacked).toBeLessThan(56_000);
    expect(sent).toBeLessThan(24_000);
    for (const { path } of start) expect(html()).toContain(`="${path}"`);
  });

  test("each part of the page is a script of its own, and adds no more than is known", () => {
    const { script, needs, all } = bundlePage();
    const start = new Set(needs.get(script.path));
    const added = (name: string): number => {
      const part = all.find(({ path }) => path.startsWith(`/assets/${name}-`) && path.endsWith(".js"));
      const files = needs.get(part?.path ?? "") ?? [];
      expect([name, files.length > 0]).toEqual([name, true]);
      return sizesOf(files.filter((file) => !start.has(file))).unpacked;
    };
    const most: Readonly<Record<string, number>> = {
      "alert-view": 29_000,
      audit: 3_500,
      "good-guys": 4_000,
      "keys-page": 1_000,
      "look-backs": 6_500,
      reports: 4_500,
      samples: 3_500,
      "shadow-runs": 8_500,
    };
    const over = Object.entries(most).flatMap(([name, bytes]) => (added(name) > bytes ? [[name, added(name)]] : []));
    expect(over).toEqual([]);
    const scripts = all.filter(({ type }) => type.startsWith("text/javascript"));
    expect(sizesOf(scripts).unpacked).toBeLessThan(106_000);
    expect(sizesOf(scripts).sent).toBeLessThan(46_000);
  });
});
