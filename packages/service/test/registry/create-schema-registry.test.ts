import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

import { createSchemaRegistry, type SchemaRegistryOptions } from "@cordon/service";
import { afterEach, describe, expect, test } from "vitest";

type Handle = (request: IncomingMessage, response: ServerResponse) => void;

const servers: Server[] = [];
afterEach(() => {
  for (const server of servers.splice(0)) {
    server.closeAllConnections();
    server.close();
  }
});

/** A registry of our own making, with a note of what it was asked. */
async function serve(handle: Handle) {
  const asked: string[] = [];
  const server = createServer((request, response) => {
    asked.push(`${request.method ?? ""} ${request.url ?? ""}`);
    handle(request, response);
  });
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const url = `http://127.0.0.1:${String((server.address() as AddressInfo).port)}`;
  const open = (options: Partial<SchemaRegistryOptions> = {}) => createSchemaRegistry({ url, ...options });
  return { asked, url, open };
}

const answer =
  (status: number, body: unknown): Handle =>
  (_, response) => {
    response.statusCode = status;
    response.end(typeof body === "string" ? body : JSON.stringify(body));
  };

const unknownSchema = answer(404, { error_code: 40_403, message: "Schema 7 not found" });
const unavailable = { code: "REGISTRY_UNAVAILABLE" } as const;

describe("looking a schema up", () => {
  test("asks once, however many ask at once or later", async () => {
    const { asked, open } = await serve(answer(200, { schema: '"string"' }));
    const registry = open();
    const all = await Promise.all([registry.schemaById(7), registry.schemaById(7), registry.schemaById(7)]);
    expect(all).toEqual(['"string"', '"string"', '"string"']);
    expect(await registry.schemaById(7)).toBe('"string"');
    expect(asked).toEqual(["GET /schemas/ids/7"]);
  });

  test("remembers for a while that there is none", async () => {
    const { asked, open } = await serve(unknownSchema);
    let now = 0;
    const registry = open({ now: () => now });
    expect(await registry.schemaById(7)).toBeNull();
    now = 29_999;
    expect(await registry.schemaById(7)).toBeNull();
    expect(asked).toHaveLength(1);
    now = 30_000;
    expect(await registry.schemaById(7)).toBeNull();
    expect(asked).toHaveLength(2);
  });

  test("forgets within its bounds: the schema that was unused for longest, and the oldest unknown id", async () => {
    const { asked, open } = await serve((request, response) => {
      const id = Number(request.url?.split("/").at(-1));
      (id < 10 ? answer(200, { schema: String(id) }) : unknownSchema)(request, response);
    });
    const registry = open({ maxSchemas: 2, maxUnknown: 1 });
    for (const id of [1, 2, 1, 3, 1, 2]) expect(await registry.schemaById(id)).toBe(String(id));
    expect(asked.map((line) => line.slice(-1))).toEqual(["1", "2", "3", "2"]);
    for (const id of [10, 11, 10]) expect(await registry.schemaById(id)).toBeNull();
    expect(asked).toHaveLength(7);
  });

  test("forgets a failure at once", async () => {
    let status = 503;
    const { open } = await serve((request, response) => {
      answer(status, { schema: '"string"' })(request, response);
    });
    const registry = open();
    await expect(registry.schemaById(7)).rejects.toMatchObject(unavailable);
    status = 200;
    expect(await registry.schemaById(7)).toBe('"string"');
  });
});

describe("an answer that is none is waited out, and never an unknown schema", () => {
  test.each<[string, string, Handle]>([
    ["a failure", "REGISTRY_UNAVAILABLE", answer(500, { error_code: 50_001, message: "store" })],
    ["a failure of what stands before it", "REGISTRY_UNAVAILABLE", answer(502, "<html>Bad Gateway</html>")],
    ["a proxy's page", "REGISTRY_MISADDRESSED", answer(200, "<html>Sign in</html>")],
    ["a 404 that is not the registry's", "REGISTRY_MISADDRESSED", answer(404, "<html>Not found</html>")],
    ["a 404 of another kind", "REGISTRY_MISADDRESSED", answer(404, { error_code: 404, message: "HTTP 404 Not Found" })],
    ["a 404 with a code in words", "REGISTRY_MISADDRESSED", answer(404, { error_code: "40403" })],
    ["JSON of another shape", "REGISTRY_MISADDRESSED", answer(200, { id: 7 })],
    ["null", "REGISTRY_MISADDRESSED", answer(200, null)],
    ["a redirection", "REGISTRY_MISADDRESSED", answer(302, "")],
    ["too long a text", "REGISTRY_UNAVAILABLE", answer(200, { schema: "x".repeat(5_000_000) })],
    [
      "an answer cut short",
      "REGISTRY_UNAVAILABLE",
      (_, response) => response.writeHead(200, { "content-length": "100" }).end("{").destroy(),
    ],
  ])("%s", async (_, code, handle) => {
    const { open, url } = await serve(handle);
    const failure = open().schemaById(7);
    await expect(failure).rejects.toMatchObject({ code });
    await expect(failure).rejects.toThrow(url);
  });

  test("silence, for as long as the time limit", async () => {
    const { open } = await serve(() => undefined);
    await expect(open({ timeout: 50 }).schemaById(7)).rejects.toThrow("no answer within 50 ms");
    const trickle = await serve((_, response) => {
      const timer = setInterval(() => response.write(" "), 10);
      response.on("close", () => {
        clearInterval(timer);
      });
    });
    await expect(trickle.open({ timeout: 80 }).schemaById(7)).rejects.toMatchObject(unavailable);
  });

  test("nobody there", async () => {
    const registry = createSchemaRegistry({ url: "http://127.0.0.1:1/apis" });
    await expect(registry.schemaById(7)).rejects.toMatchObject(unavailable);
    await expect(registry.register("s-value", "{}")).rejects.toThrow("http://127.0.0.1:1/apis");
  });
});

const basic = (user: string): string => `Basic ${Buffer.from(user).toString("base64")}`;

describe("who asks", () => {
  test("is told by basic authentication, from the settings or else from the address", async () => {
    const seen: (string | undefined)[] = [];
    const { url, open } = await serve((request, response) => {
      seen.push(request.headers.authorization);
      answer(200, { schema: '"string"' })(request, response);
    });
    await open().schemaById(1);
    await open({ auth: { username: "ann", password: "pä:ss" } }).schemaById(1);
    await createSchemaRegistry({ url: url.replace("://", "://bob:s%40t@") }).schemaById(1);
    expect(seen).toEqual([undefined, basic("ann:pä:ss"), basic("bob:s@t")]);
  });

  test.each([401, 403])("is told what to check after status %d, and the message holds no secret", async (status) => {
    const { open } = await serve(answer(status, { error_code: status * 100 + 1, message: "no" }));
    const registry = open({ auth: { username: "ann", password: "s3cret" } });
    for (const attempt of [registry.schemaById(7), registry.register("s-value", "{}")]) {
      const error = (await attempt.catch((thrown: unknown) => thrown)) as Error;
      expect(error).toMatchObject({ code: "CONFIG_INVALID" });
      expect(error.message).toContain(status === 401 ? "SCHEMA_REGISTRY_PASSWORD" : "SCHEMA_REGISTRY_REGISTER");
      expect(error.message).not.toContain("s3cret");
    }
  });
});

describe("registering", () => {
  /** Answers by method: level asked, level set, schema registered. */
  const registryWith =
    (level: Handle, put: Handle, post: Handle): Handle =>
    (request, response) => {
      const handles: Readonly<Record<string, Handle>> = { GET: level, PUT: put, POST: post };
      handles[request.method ?? ""]?.(request, response);
    };
  const noLevel = answer(404, { error_code: 40_408, message: "no level" });
  const levelOf = (level: string): Handle => answer(200, { compatibilityLevel: level });
  const fine = answer(200, { id: 5 });

  test("sets the level first, below the address's path, with the subject escaped", async () => {
    const { asked, url } = await serve(registryWith(noLevel, fine, fine));
    const registry = createSchemaRegistry({ url: `${url}/apis/ccompat/v7/` });
    expect(await registry.register("a/b value", "{}")).toBe(5);
    expect(asked).toEqual([
      "GET /apis/ccompat/v7/config/a%2Fb%20value",
      "PUT /apis/ccompat/v7/config/a%2Fb%20value",
      "POST /apis/ccompat/v7/subjects/a%2Fb%20value/versions",
    ]);
  });

  test.each([
    ["BACKWARD_TRANSITIVE", 2],
    ["FULL_TRANSITIVE", 2],
    ["NONE", 3],
    ["FORWARD", 3],
  ])("a subject at level %s takes %d requests", async (level, requests) => {
    const { asked, open } = await serve(registryWith(levelOf(level), fine, fine));
    await open().register("s-value", "{}");
    expect(asked).toHaveLength(requests);
  });

  test.each<[string, string, Handle]>([
    ["SCHEMA_INCOMPATIBLE", "an incompatible schema", answer(409, { error_code: 409, message: "field amount" })],
    ["CONTRACT_VIOLATED", "no schema at all", answer(422, { error_code: 42_201, message: "no schema" })],
    ["REGISTRY_UNAVAILABLE", "a failure", answer(500, { error_code: 50_001 })],
    ["REGISTRY_MISADDRESSED", "a page", answer(409, "<html>")],
    ["REGISTRY_MISADDRESSED", "an answer without an id", answer(200, {})],
  ])("rejects with %s for %s", async (code, _, post) => {
    const { open } = await serve(registryWith(levelOf("BACKWARD_TRANSITIVE"), fine, post));
    await expect(open().register("s-value", "{}")).rejects.toMatchObject({ code });
  });

  test("a level that another process sets in between is good enough", async () => {
    let isSet = false;
    const level: Handle = (...request) => {
      (isSet ? levelOf("BACKWARD_TRANSITIVE") : noLevel)(...request);
    };
    const put: Handle = (...request) => {
      isSet = true;
      answer(409, { error_code: 409, message: "a rule already exists" })(...request);
    };
    const { open } = await serve(registryWith(level, put, fine));
    expect(await open().register("s-value", "{}")).toBe(5);
  });

  test("registers nothing when the level cannot be read or set", async () => {
    for (const [level, put] of [
      [answer(404, "<html>"), fine],
      [noLevel, answer(409, { error_code: 409, message: "a rule already exists" })],
      [noLevel, answer(422, { error_code: 42_203, message: "no such level" })],
    ] as const) {
      const { asked, open } = await serve(registryWith(level, put, fine));
      await expect(open().register("s-value", "{}")).rejects.toThrow("s-value");
      expect(asked.some((line) => line.startsWith("POST"))).toBe(false);
    }
  });
});

test.each([401, 403])("status %d is waited out once the registry let this user in", async (status) => {
  let refuses = false;
  const { open } = await serve((request, response) => {
    (refuses ? answer(status, { error_code: status * 100 + 1 }) : answer(200, { schema: '"string"' }))(
      request,
      response,
    );
  });
  const registry = open({ auth: { username: "cordon", password: "old" } });
  await registry.schemaById(1);
  refuses = true;
  await expect(registry.schemaById(2)).rejects.toMatchObject({ code: "REGISTRY_REFUSED" });
  await expect(registry.schemaById(2)).rejects.toThrow("user cordon");
});

test("secrets are those of the moment at which the registry is asked", async () => {
  const seen: (string | undefined)[] = [];
  const { open } = await serve((request, response) => {
    seen.push(request.headers.authorization);
    answer(200, { schema: '"string"' })(request, response);
  });
  let password = "old";
  const registry = open({ secrets: () => ({ auth: { username: "u", password } }) });
  await registry.schemaById(1);
  password = "new";
  await registry.schemaById(2);
  expect(seen.map((header) => Buffer.from(header?.slice(6) ?? "", "base64").toString())).toEqual(["u:old", "u:new"]);
});

describe("a registry that is only looked up", () => {
  const wanted = { type: "record", name: "R", fields: [{ name: "a", type: "int" }] };
  const shown = JSON.stringify({ ...wanted, doc: "said to people" });
  const registry =
    (versions: Readonly<Record<number, unknown>>): Handle =>
    (request, response) => {
      const version = Number(/versions\/(\d+)$/.exec(request.url ?? "")?.[1] ?? Number.NaN);
      if (request.method !== "GET") answer(403, { error_code: 40_301 })(request, response);
      else if (Number.isNaN(version)) answer(200, Object.keys(versions).map(Number))(request, response);
      else answer(200, { id: version * 10, schema: versions[version] })(request, response);
    };

  test("gives the id of the version that has the schema, by GET alone", async () => {
    const { asked, open } = await serve(registry({ 1: shown, 2: '{"type":"string"}' }));
    expect(await open({ registers: false }).register("s-value", JSON.stringify(wanted))).toBe(10);
    expect(asked.every((line) => line.startsWith("GET"))).toBe(true);
  });

  test.each<[string, Handle]>([
    ["no version of it", registry({ 1: '{"type":"string"}' })],
    ["no such subject", answer(404, { error_code: 40_401, message: "Subject not found" })],
  ])("names the subject where there is %s", async (_, handle) => {
    const { open } = await serve(handle);
    const failure = open({ registers: false }).register("s-value", JSON.stringify(wanted));
    await expect(failure).rejects.toMatchObject({ code: "SCHEMA_ABSENT" });
    await expect(failure).rejects.toThrow("s-value");
  });
});

test("an address that is none is refused", () => {
  for (const url of ["", "registry:8081", "ftp://registry"])
    expect(() => createSchemaRegistry({ url })).toThrow(expect.objectContaining({ code: "OPTIONS_INVALID" }) as Error);
});

const refersTo = (subject: string) => [{ name: `shop.${subject}`, subject, version: 1 }];

const served =
  (known: Readonly<Record<string, unknown>>, otherwise = answer(404, { error_code: 40_401 })): Handle =>
  (request, response) => {
    const body = known[request.url ?? ""];
    (body === undefined ? otherwise : answer(200, body))(request, response);
  };

describe("a schema that refers to other subjects", () => {
  const money = { type: "record", name: "Money", namespace: "shop", fields: [{ name: "unit", type: "Unit" }] };
  const unit = { type: "enum", name: "Unit", namespace: "shop", symbols: ["EUR"] };
  const order = { type: "record", name: "Order", namespace: "shop", fields: [{ name: "total", type: "Money" }] };
  const subjects: Readonly<Record<string, unknown>> = {
    "/schemas/ids/7": { schema: JSON.stringify(order), references: refersTo("money") },
    "/subjects/money/versions/1": { schema: JSON.stringify(money), references: refersTo("unit") },
    "/subjects/unit/versions/1": { schema: JSON.stringify(unit) },
  };
  test("is given with all that it refers to, asked for once", async () => {
    const { asked, open } = await serve(served(subjects));
    const registry = open();
    const whole = { ...order, fields: [{ name: "total", type: { ...money, fields: [{ name: "unit", type: unit }] } }] };
    expect(JSON.parse((await registry.schemaById(7)) ?? "")).toEqual(whole);
    await registry.schemaById(7);
    expect(asked).toHaveLength(3);
  });

  test("is none when one of them is gone", async () => {
    const { open } = await serve(served({ ...subjects, "/subjects/unit/versions/1": undefined }));
    expect(await open().schemaById(7)).toBeNull();
  });

  test("is waited for when the registry fails on the way", async () => {
    const { open } = await serve(served({ ...subjects, "/subjects/unit/versions/1": undefined }, answer(503, "")));
    await expect(open().schemaById(7)).rejects.toMatchObject(unavailable);
  });

  test("is none when they refer to one another without end, or to more than anybody has", async () => {
    const { asked, open } = await serve((request, response) => {
      const at = Number(request.url?.match(/s(\d+)/)?.[1] ?? 0);
      answer(200, { schema: '"string"', references: refersTo(`s${String(at + 1)}`) })(request, response);
    });
    expect(await open().schemaById(7)).toBeNull();
    expect(asked.length).toBeLessThan(100);
    const circle = { "/schemas/ids/7": { schema: '"string"', references: refersTo("a") } };
    const turning = {
      ...circle,
      "/subjects/a/versions/1": { schema: JSON.stringify(unit), references: refersTo("a") },
    };
    const { open: openCircle } = await serve(served(turning));
    expect(await openCircle().schemaById(7)).toBe('"string"');
  });
});

describe("a schema by its GUID", () => {
  const guid = "0f8fad5b-d9cb-469f-a165-70867728950e";

  test("is asked for by it and remembered", async () => {
    const { asked, open } = await serve(answer(200, { schema: '"string"' }));
    const registry = open();
    expect(await registry.schemaById(guid)).toBe('"string"');
    expect(await registry.schemaById(guid)).toBe('"string"');
    expect(asked).toEqual([`GET /schemas/guids/${guid}`]);
  });

  test("is none where the registry knows no GUIDs, so that nothing waits for ever", async () => {
    const { open } = await serve(answer(404, "<html>not found</html>"));
    expect(await open().schemaById(guid)).toBeNull();
  });

  test.each(["", "../subjects", guid.toUpperCase(), `${guid}0`])(
    "is not asked for where it is none: %s",
    async (odd) => {
      const { asked, open } = await serve(answer(200, { schema: '"string"' }));
      expect(await open().schemaById(odd)).toBeNull();
      expect(asked).toEqual([]);
    },
  );
});
