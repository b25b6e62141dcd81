import { randomBytes, scrypt, timingSafeEqual } from "node:crypto";

const cost = { N: 2 ** 16, r: 8, p: 1, maxmem: 256 * 1024 * 1024 } as const;

/** At most two at a time: each takes 64 MB and most of a second. */
let running = 0;
const waiting: (() => void)[] = [];

async function derive(password: string, salt: Buffer): Promise<Buffer> {
  if (running >= 2) await new Promise<void>((resolve) => void waiting.push(resolve));
  running++;
  try {
    return await new Promise((resolve, reject) => {
      scrypt(password.normalize("NFKC"), salt, 32, cost, (error, key) => {
        if (error === null) resolve(key);
        else reject(error);
      });
    });
  } finally {
    running--;
    waiting.shift()?.();
  }
}

/** `scrypt:<salt>:<key>`, both base64url. */
export async function hashPassword(password: string): Promise<string> {
  const salt = randomBytes(16);
  return `scrypt:${salt.toString("base64url")}:${(await derive(password, salt)).toString("base64url")}`;
}

const decoy = `scrypt:${Buffer.alloc(16).toString("base64url")}:${Buffer.alloc(32).toString("base64url")}`;

/** Takes as long for a user that there is none of. */
export async function isPassword(password: string, hash: string | null): Promise<boolean> {
  const [, salt = "", key = ""] = (hash ?? decoy).split(":");
  const derived = await derive(password, Buffer.from(salt, "base64url"));
  const wanted = Buffer.from(key, "base64url");
  return hash !== null && wanted.length === derived.length && timingSafeEqual(derived, wanted);
}
