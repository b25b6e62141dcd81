import { generateKeyPairSync, randomBytes } from "node:crypto";
import { existsSync, readFileSync, writeFileSync } from "node:fs";

/*
 * The desk's secrets for trying out, made once and kept in the volume of the desk. The database's password comes from the
 * environment, for the database's image takes it from there.
 */
const folder = "/keys";

function keep(name: string, text: string): void {
  if (!existsSync(`${folder}/${name}`)) writeFileSync(`${folder}/${name}`, `${text.trimEnd()}\n`, { mode: 0o400 });
}

const { privateKey } = generateKeyPairSync("ed25519");
const password = encodeURIComponent(process.env["POSTGRES_PASSWORD"] ?? "");
keep("master", randomBytes(32).toString("base64"));
keep("good-guys.key", privateKey.export({ type: "pkcs8", format: "pem" }).toString());
keep("database-url", `postgres://cordon:${password}@postgres:5432/cordon`);
keep("demo-password", randomBytes(9).toString("base64url"));
const shown = readFileSync(`${folder}/demo-password`, "utf8").trim();
process.stdout.write(`the desk: hanna, omar, chen, auditor and admin sign in with ${shown}\n`);
