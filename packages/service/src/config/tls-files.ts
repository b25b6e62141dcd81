import { createPrivateKey, type KeyObject, X509Certificate } from "node:crypto";

import type { ReportFault } from "./setting.ts";

/** PEM texts; `null` where Node's own authorities, or no client certificate, are meant. */
export interface TlsFiles {
  readonly ca: string | null;
  readonly cert: string | null;
  readonly key: string | null;
}

/** Reports what no connection could be made with: it would otherwise show as a failure of the network, or of nobody. */
export function checkTlsFiles(prefix: string, { ca, cert, key }: TlsFiles, fault: ReportFault): void {
  const authorities = ca === null ? [] : certificatesIn(ca);
  if (authorities === null || (ca !== null && authorities.length === 0))
    fault(`${prefix}_CA_FILE holds a certificate that cannot be read, expected certificates in PEM`);
  const chain = cert === null ? [] : certificatesIn(cert);
  if (chain === null || (cert !== null && chain.length === 0))
    fault(`${prefix}_CERT_FILE holds a certificate that cannot be read, expected a certificate in PEM`);
  const privateKey = key === null ? null : keyIn(key);
  if (key !== null && privateKey === null)
    fault(`${prefix}_KEY_FILE holds no key that can be read, expected a private key in PEM without a passphrase`);
  if ((cert === null) !== (key === null))
    fault(`only one of ${prefix}_CERT_FILE and ${prefix}_KEY_FILE is set, expected both or neither`);
  const [own] = chain ?? [];
  if (own !== undefined && privateKey !== null && !own.checkPrivateKey(privateKey))
    fault(`${prefix}_KEY_FILE does not belong to ${prefix}_CERT_FILE, expected the key of that certificate`);
}

/** Null when one of them cannot be read. */
function certificatesIn(pem: string): readonly X509Certificate[] | null {
  const blocks = pem.match(/-----BEGIN CERTIFICATE-----[\s\S]*?-----END CERTIFICATE-----/g) ?? [];
  try {
    return blocks.map((block) => new X509Certificate(block));
  } catch {
    return null;
  }
}

function keyIn(pem: string): KeyObject | null {
  try {
    return createPrivateKey(pem);
  } catch {
    return null;
  }
}

/** Whom a client certificate names: `CN=screener,O=firm`. Null where it cannot be read. */
export function subjectOf(pem: string): string | null {
  return certificatesIn(pem)?.[0]?.subject.split("\n").toReversed().join(",") ?? null;
}
