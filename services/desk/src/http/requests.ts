import { z } from "zod";

import { roles } from "../people/sessions.ts";
import { isUserId } from "../people/users.ts";
import { decisions, goodGuyStates } from "../rules/states.ts";
import { views } from "../work/list-alerts.ts";
import { sampleStates, verdicts } from "../work/samples.ts";

/** Postgres keeps no NUL in a text. */
const text = (most: number) =>
  z
    .string()
    .max(most)
    .refine((value) => !value.includes("\0") && value.isWellFormed(), "not a text");
const time = z.union([z.iso.datetime({ offset: true }), z.iso.date()]);

export const nothing = z.object({});
export const signInRequest = z.strictObject({ user: text(100), password: text(1000) });
export const listQuery = z.strictObject({
  view: z.enum(views).default("queue"),
  q: text(200).optional(),
  list: text(100).optional(),
  regime: text(300).optional(),
  rail: text(50).optional(),
  after: text(500).optional(),
  limit: z.coerce.number().int().min(1).max(500).default(50),
});
/** How long a note is counts later: an absent one is none, a short one is refused in its own words. */
const longText = text(20_000);
export const noteRequest = z.strictObject({ note: longText });
export const proposalRequest = z.strictObject({
  decision: z.enum(decisions),
  reasons: z.array(text(100)).max(50),
  rationale: longText,
  version: z.int().min(1),
  evidenceHash: text(200),
  goodGuy: z
    .strictObject({ matches: z.array(z.int().min(0)).min(1).max(100), days: z.int().min(1).max(365).default(180) })
    .optional(),
  samePair: z.boolean().optional(),
});
export const checkRequest = z.strictObject({
  version: z.int().min(1),
  evidenceHash: text(200),
  note: longText.optional(),
});
export const goodGuysQuery = z.strictObject({ state: z.enum(goodGuyStates).optional() });
export const samplesQuery = z.strictObject({ state: z.enum(sampleStates).default("waiting") });
export const lookRequest = z.strictObject({ verdict: z.enum(verdicts), note: longText });
export const auditQuery = z.strictObject({
  from: time.optional(),
  to: time.optional(),
  subject: text(300).optional(),
  after: z.coerce.number().int().min(0).default(0),
  limit: z.coerce.number().int().min(1).max(100_000).default(1000),
  format: z.enum(["json", "csv"]).default("json"),
});
export const reportQuery = z.strictObject({
  from: time.optional(),
  to: time.optional(),
  format: z.enum(["json", "csv"]).default("json"),
});
export const userRequest = z.strictObject({
  userId: z
    .string()
    .regex(/^[A-Za-z0-9._@-]{1,100}$/)
    .refine(isUserId, "the desk's own"),
  name: text(200).optional(),
  roles: z.array(z.enum(roles)).max(4),
  enabled: z.boolean().default(true),
});
export const settingsRequest = z.strictObject({
  dueMinutes: z.int().min(1).max(100_000).optional(),
  legalHold: z.boolean().optional(),
});
export const lookBackRequest = z.strictObject({ days: z.int().min(1).max(365).default(30) });
export const shadowRunRequest = z.strictObject({
  threshold: z.int().min(50).max(100).optional(),
  weakAliases: z.enum(["confirm", "raise"]).optional(),
  hardConflicts: z.enum(["explain", "clear"]).optional(),
  events: z.int().min(1).max(10_000_000).default(100_000),
});
export const customerFileRequest = z.strictObject({
  name: z.string().regex(/^[A-Za-z0-9._-]{1,64}$/),
  customers: text(10_000_000),
});
