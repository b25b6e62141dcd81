import { writeFileSync } from "node:fs";
import { join } from "node:path";

import { Redis } from "ioredis";

import { redisAnswers } from "../answering.ts";
import { freePorts } from "../processes/free-ports.ts";
import { findRedisServer } from "../processes/redis.ts";
import { runProcess } from "../processes/run-process.ts";
import type { Starting } from "../service.ts";
import { redisCommands, type SecuredUser } from "./permissions.ts";

export interface SecuredRedisOptions {
  readonly cert: string;
  readonly key: string;
  readonly ca: string;
  /** The text of `ca`. */
  readonly caText: string;
  readonly passwords: Readonly<Record<SecuredUser | "admin", string>>;
  /** Clients must show a certificate of this authority. */
  readonly mutual?: boolean;
  /** The administrator's, where clients must show one. */
  readonly client?: { readonly cert: string; readonly key: string };
}

export interface SecuredRedis {
  /** `rediss://localhost:PORT`. */
  readonly url: string;
  /** As its administrator. */
  command(...words: readonly string[]): Promise<unknown>;
  stop(): Promise<void>;
}

/** Redis with TLS only and no default user: readers of the index may not write it. */
export async function startSecuredRedis(starting: Starting, options: SecuredRedisOptions): Promise<SecuredRedis> {
  const command = await findRedisServer(starting);
  const { cert, key, ca, caText, passwords, mutual = false, client } = options;
  const login = { username: "admin", password: passwords.admin, tls: { ca: caText, ...client } };
  const service = await runProcess(
    "redis",
    async (folder) => {
      const [port = 0] = await freePorts(1);
      const acl = join(folder, "users.acl");
      writeFileSync(acl, aclLines(passwords), { mode: 0o600 });
      const settings = {
        bind: "127.0.0.1",
        port: "0",
        "tls-port": String(port),
        "tls-cert-file": cert,
        "tls-key-file": key,
        "tls-ca-cert-file": ca,
        "tls-auth-clients": mutual ? "yes" : "no",
        aclfile: acl,
        dir: folder,
        save: "",
        appendonly: "no",
        "maxmemory-policy": "noeviction",
      };
      const address = `rediss://localhost:${String(port)}`;
      return {
        command,
        args: Object.entries(settings).flatMap(([name, value]) => [`--${name}`, value]),
        address,
        answers: () => redisAnswers(address, login),
      };
    },
    starting,
  );
  const redis = new Redis(service.address, { ...login, lazyConnect: true });
  redis.on("error", () => undefined);
  return {
    url: service.address,
    command: (name = "", ...rest) => redis.call(name, ...rest),
    async stop() {
      redis.disconnect();
      await service.stop();
    },
  };
}

function aclLines(passwords: SecuredRedisOptions["passwords"]): string {
  const users = Object.entries(redisCommands).map(
    ([user, commands]) =>
      `user ${user} on >${passwords[user as SecuredUser]} resetkeys ~cordon:* resetchannels -@all ${commands}`,
  );
  return `user default off\nuser admin on >${passwords.admin} ~* &* +@all\n${users.join("\n")}\n`;
}
