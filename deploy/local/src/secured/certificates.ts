import { chmodSync, writeFileSync } from "node:fs";
import { join } from "node:path";

import { generate } from "selfsigned";

/** A certificate and its key, in PEM. */
export interface Identity {
  readonly cert: string;
  readonly key: string;
}

const dayMs = 86_400_000;

/** A certificate authority of its own, made anew at each call and kept nowhere. */
export async function makeAuthority(name: string): Promise<Identity> {
  const made = await generate([{ name: "commonName", value: name }], {
    keyType: "ec",
    algorithm: "sha256",
    notAfterDate: new Date(Date.now() + 30 * dayMs),
    extensions: [
      { name: "basicConstraints", cA: true, critical: true },
      { name: "keyUsage", keyCertSign: true, cRLSign: true, critical: true },
    ],
  });
  return { cert: made.cert, key: made.private };
}

export interface CertificateOptions {
  readonly commonName: string;
  /** Host names and IPv4 addresses that it is good for. */
  readonly hosts: readonly string[];
  /** Was good until yesterday. */
  readonly expired?: boolean;
}

export async function makeCertificate(
  authority: Identity,
  { commonName, hosts, expired = false }: CertificateOptions,
): Promise<Identity> {
  const now = Date.now();
  const made = await generate([{ name: "commonName", value: commonName }], {
    keyType: "ec",
    algorithm: "sha256",
    ca: authority,
    // A clock that is a little behind must not find it too young.
    notBeforeDate: new Date(now - 3 * dayMs),
    notAfterDate: new Date(now + (expired ? -dayMs : 30 * dayMs)),
    extensions: [
      { name: "basicConstraints", cA: false },
      {
        name: "subjectAltName",
        altNames: hosts.map((host) =>
          /^[\d.]+$/.test(host) ? { type: 7 as const, ip: host } : { type: 2 as const, value: host },
        ),
      },
    ],
  });
  return { cert: made.cert, key: made.private };
}

export interface IdentityFiles {
  readonly cert: string;
  readonly key: string;
  /** Key and certificate in one file, as Kafka takes them. */
  readonly bundle: string;
}

/** Writes `<name>.pem`, `<name>.key` and `<name>.bundle.pem`; nobody else may read the keys. */
export function writeIdentity(folder: string, name: string, { cert, key }: Identity): IdentityFiles {
  const files = {
    cert: join(folder, `${name}.pem`),
    key: join(folder, `${name}.key`),
    bundle: join(folder, `${name}.bundle.pem`),
  };
  writeFileSync(files.cert, cert);
  for (const [file, text] of [
    [files.key, key],
    [files.bundle, `${key}\n${cert}`],
  ] as const) {
    writeFileSync(file, text, { mode: 0o600 });
    chmodSync(file, 0o600);
  }
  return files;
}
