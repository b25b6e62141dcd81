/** OpenSSL's and Node's codes for a chain or a name that does not hold: `X509_V_ERR_…` without its beginning. */
const chainCodes = new Set([
  "CERT_HAS_EXPIRED",
  "CERT_NOT_YET_VALID",
  "CERT_REVOKED",
  "CERT_REJECTED",
  "CERT_UNTRUSTED",
  "CERT_SIGNATURE_FAILURE",
  "CERT_CHAIN_TOO_LONG",
  "DEPTH_ZERO_SELF_SIGNED_CERT",
  "SELF_SIGNED_CERT_IN_CHAIN",
  "UNABLE_TO_GET_ISSUER_CERT",
  "UNABLE_TO_GET_ISSUER_CERT_LOCALLY",
  "UNABLE_TO_VERIFY_LEAF_SIGNATURE",
  "UNABLE_TO_GET_CRL",
  "INVALID_CA",
  "INVALID_PURPOSE",
  "PATH_LENGTH_EXCEEDED",
  "HOSTNAME_MISMATCH",
]);

/** The other side's alert, or bytes that are no TLS. */
const handshakeCode = /^ERR_(?:TLS|SSL)_/;
const notTls = /wrong version number|packet length too long|secure TLS connection was established|Broker requires TLS/i;
const maxDepth = 10;

/** Why no encrypted connection could be made, in words that end the sentence "…: "; null where it is not about that. */
export function tlsFaultOf(error: unknown): string | null {
  for (let next = error, depth = 0; depth < maxDepth && typeof next === "object" && next !== null; depth += 1) {
    const {
      code,
      message = "",
      cause,
      errors,
    } = next as {
      readonly code?: unknown;
      readonly message?: string;
      readonly cause?: unknown;
      readonly errors?: unknown;
    };
    const named = typeof code === "string" ? code : "";
    if (chainCodes.has(named)) return `its certificate is not accepted (${named}: ${message})`;
    if (notTls.test(message)) return "one side speaks TLS and the other does not";
    if (handshakeCode.test(named)) return spellAlert(named, message);
    next = cause ?? (Array.isArray(errors) ? (errors as readonly unknown[])[0] : undefined);
  }
  return null;
}

function spellAlert(code: string, message: string): string {
  if (code === "ERR_TLS_CERT_ALTNAME_INVALID") return `its certificate is for another host (${message})`;
  if (/CERTIFICATE_REQUIRED/.test(code)) return `it wants a client certificate, and none was sent (${code})`;
  if (/ALERT_CERTIFICATE_EXPIRED/.test(code))
    return `it does not accept the client certificate, which has expired (${code})`;
  if (/ALERT_(?:UNKNOWN_CA|BAD_CERTIFICATE|CERTIFICATE_|UNSUPPORTED_CERTIFICATE|ACCESS_DENIED)/.test(code))
    return `it does not accept the client certificate (${code})`;
  if (/WRONG_VERSION|PACKET_LENGTH/.test(code)) return `one side speaks TLS and the other does not (${code})`;
  return `the handshake failed (${code}: ${message})`;
}
