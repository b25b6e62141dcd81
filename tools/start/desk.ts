import { generateKeyPairSync, randomBytes } from "node:crypto";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

import { freePort } from "./free-port.ts";

/** What the desk and the screeners are told, and where the desk will be. */
export interface DeskPlan {
  readonly url: string;
  readonly databaseUrl: string;
  readonly password: string;
  /** For the desk alone. */
  readonly environment: NodeJS.ProcessEnv;
  /** For all who decide: the same policy, and the keys of good guys and fingerprints. */
  readonly forAll: NodeJS.ProcessEnv;
}

interface Keys {
  readonly master: string;
  readonly fingerprint: string;
  readonly signing: string;
  readonly verifying: string;
}

const keysFile = fileURLToPath(new URL("../../.tools/desk/keys.json", import.meta.url));

/** Made once for this checkout: a database that is kept can be read with the same keys again. */
function keysOfCheckout(): Keys {
  try {
    return JSON.parse(readFileSync(keysFile, "utf8")) as Keys;
  } catch {
    const { privateKey, publicKey } = generateKeyPairSync("ed25519");
    const keys: Keys = {
      master: randomBytes(32).toString("base64"),
      fingerprint: randomBytes(32).toString("base64"),
      signing: privateKey.export({ type: "pkcs8", format: "pem" }).toString(),
      verifying: publicKey.export({ type: "spki", format: "pem" }).toString(),
    };
    mkdirSync(join(keysFile, ".."), { recursive: true });
    writeFileSync(keysFile, JSON.stringify(keys), { mode: 0o600 });
    return keys;
  }
}

function has(given: NodeJS.ProcessEnv, name: string): boolean {
  return (given[name] ?? "") !== "" || (given[`${name}_FILE`] ?? "") !== "";
}

/** What is given in the environment outranks what is made here. Good guys are on; the desk keeps one address. */
export async function planDesk(given: NodeJS.ProcessEnv, databaseUrl: string): Promise<DeskPlan> {
  const keys = keysOfCheckout();
  const host = given["DESK_HOST"] ?? "127.0.0.1";
  const port = given["DESK_PORT"] ?? String(await freePort());
  const local = !has(given, "DESK_OIDC_ISSUER");
  const password = given["DESK_DEMO_PASSWORD"] || randomBytes(9).toString("base64url");
  const unless = (name: string, value: string): NodeJS.ProcessEnv => (has(given, name) ? {} : { [name]: value });
  return {
    url: given["DESK_PUBLIC_URL"] ?? `http://${host.includes(":") ? `[${host}]` : host}:${port}`,
    databaseUrl,
    password,
    environment: {
      DESK_DATABASE_URL: databaseUrl,
      DESK_HOST: host,
      DESK_PORT: port,
      ...unless("DESK_MASTER_KEY", keys.master),
      ...unless("GOOD_GUYS_SIGNING_KEY", keys.signing),
      ...(local ? { DESK_LOCAL_USERS: "true", DESK_DEMO_PASSWORD: password } : {}),
    },
    forAll: {
      ...unless("GOOD_GUYS", "on"),
      ...unless("GOOD_GUYS_PUBLIC_KEY", keys.verifying),
      ...unless("PARTY_FINGERPRINT_KEY", keys.fingerprint),
    },
  };
}
