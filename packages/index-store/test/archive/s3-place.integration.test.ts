import { type ChildProcess, execFileSync, spawn } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";

import { createS3Place } from "@cordon/index-store";
import { afterAll, beforeAll, describe, expect, test } from "vitest";

import { archiveConformance } from "./archive.conformance.ts";

/*
 * Against a real server of S3's protocol: one whose address is in S3_ENDPOINT (with S3_KEY_ID, S3_SECRET and a bucket "cordon-test"), or a
 * versitygw on PATH (go install github.com/versity/versitygw/cmd/versitygw@latest). Without either it is skipped.
 */
const gateway = onPath("versitygw");
const given = process.env["S3_ENDPOINT"];
const keyId = process.env["S3_KEY_ID"] ?? "cordon-test";
const secret = process.env["S3_SECRET"] ?? "cordon-test-secret";
const bucket = "cordon-test";

let endpoint = given ?? "";
let server: ChildProcess | null = null;
const folder = mkdtempSync(join(tmpdir(), "cordon-s3-"));

beforeAll(async () => {
  if (given !== undefined || gateway === null) return;
  mkdirSync(join(folder, bucket));
  const port = await freePort();
  endpoint = `http://127.0.0.1:${String(port)}`;
  server = spawn(
    gateway,
    ["--port", `127.0.0.1:${String(port)}`, "--access", keyId, "--secret", secret, "posix", folder],
    {
      stdio: "ignore",
    },
  );
  for (let attempt = 0; attempt < 100 && !(await answers(endpoint)); attempt++) await sleep(100);
}, 30_000);

afterAll(() => {
  server?.kill("SIGKILL");
  rmSync(folder, { recursive: true, force: true });
});

const skipped = given === undefined && gateway === null;

describe.skipIf(skipped)("in a bucket", () => {
  let run = 0;
  archiveConformance("in a bucket", () => ({
    place: createS3Place({ endpoint, region: "us-east-1", bucket, prefix: `a b/${String(run++)}/`, keyId, secret }),
    dispose: async () => Promise.resolve(),
  }));

  test("a wrong secret, a bucket that there is not and a server that is away are told as no answer", async () => {
    const options = { endpoint, region: "us-east-1", bucket, prefix: "", keyId, secret, timeoutMs: 5000 };
    const unavailable = { code: "ARCHIVE_UNAVAILABLE" };
    await expect(createS3Place({ ...options, secret: "wrong" }).has("a")).rejects.toMatchObject(unavailable);
    const nowhere = createS3Place({ ...options, bucket: "cordon-no-such-bucket" });
    await expect(nowhere.write("a", new Uint8Array(1))).rejects.toMatchObject(unavailable);
    const away = createS3Place({ ...options, endpoint: "http://127.0.0.1:1" });
    await expect(away.read("a")).rejects.toMatchObject(unavailable);
  });
});

function onPath(command: string): string | null {
  try {
    return execFileSync("sh", ["-c", `command -v ${command}`], { encoding: "utf8" }).trim();
  } catch {
    return null;
  }
}

async function freePort(): Promise<number> {
  return await new Promise((resolve) => {
    const probe = createServer().listen(0, "127.0.0.1", () => {
      const { port } = probe.address() as { port: number };
      probe.close(() => {
        resolve(port);
      });
    });
  });
}

async function answers(url: string): Promise<boolean> {
  try {
    await fetch(url);
    return true;
  } catch {
    return false;
  }
}
