import { mkdtempSync, renameSync, rmSync, symlinkSync, unlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { followConfig, kafkaConfig, secret, text } from "@cordon/service";
import { afterEach, beforeEach, describe, expect, test } from "vitest";

import { makeLoopbackCertificate } from "../../src/testing/loopback-tls.ts";

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "cordon-follow-"));
});
afterEach(() => {
  rmSync(folder, { recursive: true });
});

const write = (name: string, content: string): string => {
  const path = join(folder, name);
  writeFileSync(path, content);
  return path;
};

describe("a configuration that follows its files", () => {
  const shape = { password: secret("PASSWORD", { meaning: "m" }), name: text("NAME", { meaning: "m", default: "a" }) };

  test("has what a file holds now", () => {
    const path = write("password", "old\n");
    let read = 0;
    const followed = followConfig(shape, { PASSWORD_FILE: path }, { onRead: () => void read++ });
    expect(followed.now().password).toBe("old");
    writeFileSync(path, "newer\n");
    expect(followed.now().password).toBe("newer");
    expect(followed.now().password).toBe("newer");
    expect([followed.config.password, read]).toEqual(["old", 1]);
  });

  test("follows a link that is turned, as a Secret of Kubernetes is", () => {
    write("first", "one");
    write("second", "two");
    symlinkSync("first", join(folder, "data"));
    const followed = followConfig(shape, { PASSWORD_FILE: join(folder, "data") });
    symlinkSync("second", join(folder, "next"));
    renameSync(join(folder, "next"), join(folder, "data"));
    expect(followed.now().password).toBe("two");
  });

  test("keeps what was good while a file is gone or holds nothing good, and says so once", () => {
    const path = write("password", "good");
    const faults: string[] = [];
    const followed = followConfig(
      shape,
      { PASSWORD_FILE: path },
      { onFault: ({ message }) => void faults.push(message) },
    );
    unlinkSync(path);
    expect(followed.now().password).toBe("good");
    expect(followed.now().password).toBe("good");
    expect(faults).toEqual([expect.stringContaining("PASSWORD_FILE")]);
    writeFileSync(path, "back");
    expect(followed.now().password).toBe("back");
  });

  test("keeps what was good while a file cannot even be looked at", () => {
    const path = write("password", "good");
    const faults: string[] = [];
    const followed = followConfig(shape, { PASSWORD_FILE: path }, { onFault: ({ code }) => void faults.push(code) });
    unlinkSync(path);
    symlinkSync("password", path);
    expect(followed.now().password).toBe("good");
    expect(followed.now().password).toBe("good");
    expect(faults).toEqual(["CONFIG_INVALID"]);
  });

  test("takes a certificate and its key together, or neither", async () => {
    const [old, next] = [await makeLoopbackCertificate(), await makeLoopbackCertificate()];
    const cert = write("cert.pem", old.cert);
    const key = write("key.pem", old.key);
    const env = { KAFKA_BROKERS: "a:1", KAFKA_TLS: "true", KAFKA_TLS_CERT_FILE: cert, KAFKA_TLS_KEY_FILE: key };
    const followed = followConfig({ kafka: kafkaConfig }, env);
    writeFileSync(cert, next.cert);
    expect(followed.now().kafka.tls?.cert).toBe(old.cert);
    writeFileSync(key, next.key);
    expect(followed.now().kafka.tls).toMatchObject({ cert: next.cert, key: next.key });
  });
});
