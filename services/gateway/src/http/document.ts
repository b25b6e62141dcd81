import type { FastifyDynamicSwaggerOptions, SwaggerTransform } from "@fastify/swagger";

import { mediaTypes } from "./problem.ts";

/** What the OpenAPI document says beside the routes, which describe themselves. */
export const aboutDocument: NonNullable<FastifyDynamicSwaggerOptions["openapi"]> = {
  openapi: "3.1.0",
  info: {
    title: "Cordon gateway",
    description:
      "Takes payment messages as they are (ISO 20022 XML, SWIFT FIN, JSON events) and answers with a decision for each transaction. Release money on CLEAR only: a HOLD, PENDING, an error or no answer are not a release.",
    version: "1",
    license: { name: "Apache-2.0", identifier: "Apache-2.0" },
  },
  servers: [{ url: "/" }],
  components: {
    securitySchemes: {
      token: { type: "http", scheme: "bearer" },
      // Of OpenAPI 3.1; the types of the plugin know only those of 3.0.
      certificate: { type: "mutualTLS" } as never,
    },
  },
};

/** A body is bytes to us: what it may be is told by the document alone, and read by the converter. */
export const withBodies: SwaggerTransform = ({ schema, url }) => {
  if (url !== "/v1/messages") return { schema, url };
  const text = { schema: { type: "string" } };
  const content = Object.fromEntries(
    mediaTypes.map((type) => [type, type === "application/json" ? { schema: { type: "object" } } : text]),
  );
  return { schema: { ...schema, body: { content } }, url };
};
