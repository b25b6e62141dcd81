import { CordonError } from "@cordon/errors";
import { AwsClient } from "aws4fetch";

import type { ArchivePlace } from "./index-archive.ts";

export interface S3PlaceOptions {
  /** `https://s3.eu-central-1.amazonaws.com`, or wherever else the protocol of S3 is spoken. */
  readonly endpoint: string;
  readonly region: string;
  readonly bucket: string;
  /** Put before every name; empty, or it ends in `/`. */
  readonly prefix: string;
  readonly keyId: string;
  readonly secret: string;
  /** Longest wait for an answer as a whole, milliseconds. */
  readonly timeoutMs?: number;
}

/** Larger than any compressed index. */
const mostBytes = 1024 * 1024 * 1024;

/** Objects in a bucket of S3, or of what speaks its protocol: a PUT there is whole or not at all. Addressed by path. */
export function createS3Place({
  endpoint,
  region,
  bucket,
  prefix,
  keyId,
  secret,
  timeoutMs = 60_000,
}: S3PlaceOptions): ArchivePlace {
  const client = new AwsClient({ accessKeyId: keyId, secretAccessKey: secret, region, service: "s3", retries: 2 });
  const base = `${endpoint.replace(/\/$/, "")}/${encodeURIComponent(bucket)}/${prefix.split("/").map(encodeURIComponent).join("/")}`;

  async function ask(doing: string, name: string, init: RequestInit): Promise<Response> {
    let response: Response;
    try {
      response = await client.fetch(`${base}${encodeURIComponent(name)}`, {
        ...init,
        signal: AbortSignal.timeout(timeoutMs),
      });
    } catch (cause) {
      throw failed(doing, cause instanceof Error ? cause.name : "unknown", cause);
    }
    if (response.ok || response.status === 404) return response;
    // The answer's text is the server's and may name keys: the status says enough.
    await response.body?.cancel();
    throw failed(doing, `the server answers ${String(response.status)}`);
  }

  return {
    async has(name) {
      const response = await ask("looking for a version", name, { method: "HEAD" });
      return response.ok;
    },
    async read(name) {
      const response = await ask("reading a version", name, { method: "GET" });
      if (!response.ok) {
        await response.body?.cancel();
        return null;
      }
      return await bytesOf(response);
    },
    async write(name, bytes) {
      const body = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
      const response = await ask("writing a version", name, { method: "PUT", body });
      await response.body?.cancel();
      if (!response.ok) throw failed("writing a version", "there is no such bucket");
    },
  };
}

async function bytesOf(response: Response): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  let length = 0;
  try {
    for await (const chunk of response.body ?? []) {
      const bytes = chunk as Uint8Array;
      length += bytes.length;
      if (length > mostBytes) break;
      chunks.push(bytes);
    }
  } catch (cause) {
    throw failed("reading a version", "the answer broke off", cause);
  }
  if (length > mostBytes) throw failed("reading a version", "the object is larger than any index");
  return Buffer.concat(chunks);
}

function failed(doing: string, why: string, cause?: unknown): CordonError {
  return new CordonError("ARCHIVE_UNAVAILABLE", `the bucket of INDEX_ARCHIVE failed ${doing}: ${why}`, { cause });
}
