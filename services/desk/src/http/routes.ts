import { appendAudit } from "../audit/append.ts";
import { verifyAudit } from "../audit/verify.ts";
import type { Database } from "../database/connect.ts";
import { noCookie } from "../people/sessions.ts";
import { Refusal } from "../rules/refusal.ts";
import { alertRow } from "../work/alert-row.ts";
import { agree, sendBack } from "../work/check.ts";
import type { DeskDeps } from "../work/desk-deps.ts";
import { askForJob, jobKinds, jobOf, listJobs } from "../work/jobs.ts";
import { agreeGoodGuy, revokeGoodGuy, sendBackGoodGuy } from "../work/judge-good-guys.ts";
import { listAlerts } from "../work/list-alerts.ts";
import { propose } from "../work/propose.ts";
import { reportOf } from "../work/reports.ts";
import { listSamples, lookAtSample } from "../work/samples.ts";
import { showAlert } from "../work/show-alert.ts";
import { goodGuysOf } from "../work/show-good-guys.ts";
import { addNote, giveBack, take, takeNext } from "../work/take.ts";
import { changeUser, listUsers } from "../work/users.ts";
import { csvOf } from "./csv.ts";
import {
  auditQuery,
  checkRequest,
  customerFileRequest,
  goodGuysQuery,
  listQuery,
  lookBackRequest,
  lookRequest,
  noteRequest,
  nothing,
  proposalRequest,
  reportQuery,
  samplesQuery,
  settingsRequest,
  shadowRunRequest,
  userRequest,
} from "./requests.ts";
import { type Route, route } from "./route.ts";

/** An event decided again as it was then. */
export interface Replayed {
  readonly same: boolean;
  readonly differences: readonly unknown[];
  /** Why it could not be: then it is not the same, and nothing differs. */
  readonly notReplayed?: string;
}

export interface RouteDeps {
  readonly deps: DeskDeps;
  readonly dispositionsTopic: string;
  /** Whether one administrator suffices: in the demonstration. */
  readonly oneAdmin: boolean;
  /** Has a held event screened again, once that is noted. Throws TOO_MANY, and then nothing is. */
  readonly rescreen: (eventId: string, note: () => Promise<unknown>) => Promise<void>;
  readonly replay: (alertId: string) => Promise<Replayed>;
  /** Told when the chain was found whole, or not. */
  readonly onVerified: (ok: boolean) => void;
}

const handler = ["handler"] as const;
const checker = ["checker"] as const;
const auditor = ["auditor"] as const;
const admin = ["admin"] as const;
const auditColumns = ["seq", "at", "actor", "action", "subject", "detail", "prev", "hash"] as const;
const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

/** The whole API, but for sign-in and the stream: what may be asked, of whom, and how it is answered. */
export function deskRoutes({
  deps,
  dispositionsTopic: topic,
  oneAdmin,
  rescreen,
  replay,
  onVerified,
}: RouteDeps): readonly Route[] {
  const { database } = deps;
  const shown = (alertId: string) => showAlert(alertId, deps);
  const alertExists = async ({ id = "" }: Readonly<Record<string, string>>): Promise<void> =>
    void (await alertRow(database, id));
  const rowExists =
    (table: "proposal" | "good_guy", column: string, what: string) =>
    async ({ id = "" }: Readonly<Record<string, string>>) => {
      const { rows } = uuid.test(id)
        ? await database.query(`SELECT 1 FROM ${table} WHERE ${column} = $1`, [id])
        : { rows: [] };
      if (rows.length === 0) throw new Refusal("NOT_FOUND", `there is no such ${what}`);
    };
  const proposalExists = rowExists("proposal", "proposal_id", "proposal");
  const goodGuyExists = rowExists("good_guy", "good_guy_id", "good guy");
  const goodGuy = async (id: string) => (await goodGuysOf(database, { id }, deps))[0];

  const all: readonly Route[] = [
    route({
      method: "GET",
      path: "/me",
      roles: "any",
      summary: "Who is signed in",
      answer: async ({ person: { userId, name, roles } }) => ({ body: { userId, name, roles } }),
    }),
    route({
      method: "DELETE",
      path: "/session",
      roles: "any",
      summary: "Signs out",
      answer: async ({ person }) => {
        await database.query("DELETE FROM session WHERE token_hash = $1", [Buffer.from(person.id, "hex")]);
        return { headers: { "set-cookie": noCookie } };
      },
    }),
    route({
      method: "GET",
      path: "/alerts",
      roles: "any",
      summary: "A page of a view",
      query: listQuery,
      answer: async ({ query, person: { userId } }) => {
        const body = await listAlerts(database, { ...query, userId }, deps);
        // Whoever looks for a person; what was looked for is not said, for it may be a name.
        if (query.q !== undefined) {
          const detail = { view: query.view, found: body.items.length };
          await database.transaction((tx) =>
            appendAudit(tx, [{ actor: userId, action: "searched", subject: "", detail }]),
          );
        }
        return { body };
      },
    }),
    route({
      method: "POST",
      path: "/alerts/next",
      roles: handler,
      summary: "Takes the most urgent open alert",
      body: nothing,
      answer: async ({ person }) => {
        const id = await takeNext(person.userId, deps);
        return id === null ? {} : { body: await shown(id) };
      },
    }),
    route({
      method: "GET",
      path: "/alerts/:id",
      roles: "any",
      summary: "An alert with everything that its judgement needs; that it was read is written down",
      exists: alertExists,
      answer: async ({ params: { id = "" }, person }) => {
        const body = await shown(id);
        await database.transaction((tx) =>
          appendAudit(tx, [{ actor: person.userId, action: "read", subject: id, detail: { version: body.version } }]),
        );
        return { body };
      },
    }),
    ...(["take", "give-back"] as const).map((deed) =>
      route({
        method: "POST",
        path: `/alerts/:id/${deed}`,
        roles: handler,
        summary: deed === "take" ? "Takes an open alert" : "Gives a taken alert back",
        body: nothing,
        exists: alertExists,
        answer: async ({ params: { id = "" }, person }) => ({
          body: await shown(await (deed === "take" ? take : giveBack)(id, person.userId, deps)),
        }),
      }),
    ),
    route({
      method: "POST",
      path: "/alerts/:id/notes",
      roles: handler,
      summary: "Adds a note to an alert's story",
      body: noteRequest,
      exists: alertExists,
      answer: async ({ params: { id = "" }, body, person }) => ({
        body: await shown(await addNote(id, person.userId, { note: body.note, deps })),
      }),
    }),
    route({
      method: "POST",
      path: "/alerts/:id/proposals",
      roles: handler,
      summary: "Proposes a release or a rejection, or escalates",
      body: proposalRequest,
      exists: alertExists,
      answer: async ({ params: { id = "" }, body, person }) => ({
        status: 201,
        body: await shown(await propose(id, body, { userId: person.userId, topic, deps })),
      }),
    }),
    route({
      method: "POST",
      path: "/proposals/:id/agree",
      roles: checker,
      summary: "Agrees with a proposal of another",
      body: checkRequest,
      exists: proposalExists,
      answer: async ({ params: { id = "" }, body, person }) => {
        const { alertId, disposition, waitingFor } = await agree(id, body, { userId: person.userId, topic, deps });
        return { body: { ...disposition, alertId, waitingFor } };
      },
    }),
    route({
      method: "POST",
      path: "/proposals/:id/send-back",
      roles: checker,
      summary: "Sends a proposal back to its maker",
      body: checkRequest,
      exists: proposalExists,
      answer: async ({ params: { id = "" }, body, person }) => ({
        body: await shown(await sendBack(id, body, { userId: person.userId, topic, deps })),
      }),
    }),
    route({
      method: "POST",
      path: "/events/:eventId/rescreen",
      roles: handler,
      summary: "Screens a held event again",
      body: nothing,
      exists: async ({ eventId = "" }) => {
        const { rows } = await database.query("SELECT 1 FROM alert WHERE event_id = $1 AND kind = 'hold'", [eventId]);
        if (rows.length === 0) throw new Refusal("NOT_FOUND", "no event of that id is held");
      },
      answer: async ({ params: { eventId = "" }, person }) => {
        const { rows } = await database.query<{ alert_id: string; closed: boolean }>(
          "SELECT alert_id, closed_at IS NOT NULL AS closed FROM alert WHERE event_id = $1 AND kind = 'hold'",
          [eventId],
        );
        const open = rows.filter(({ closed }) => !closed);
        if (open.length === 0) throw new Refusal("STATE_FINAL", "this event is held no more");
        await rescreen(eventId, () =>
          database.transaction((tx) =>
            appendAudit(
              tx,
              open.map(({ alert_id: subject }) => ({ actor: person.userId, action: "rescreen asked", subject })),
            ),
          ),
        );
        return { status: 202, body: { eventId } };
      },
    }),
    route({
      method: "GET",
      path: "/good-guys",
      audited: "good guys read",
      roles: "any",
      summary: "Good guys, newest first",
      query: goodGuysQuery,
      answer: async ({ query }) => ({
        body: { items: await goodGuysOf(database, query.state === undefined ? {} : { state: query.state }, deps) },
      }),
    }),
    route({
      method: "GET",
      path: "/good-guys/:id",
      audited: "read",
      roles: "any",
      summary: "A good guy",
      exists: goodGuyExists,
      answer: async ({ params: { id = "" } }) => ({ body: await goodGuy(id) }),
    }),
    route({
      method: "POST",
      path: "/good-guys/:id/agree",
      roles: checker,
      summary: "Agrees with a good guy, apart from the release it came with",
      body: nothing,
      exists: goodGuyExists,
      answer: async ({ params: { id = "" }, person }) => ({
        body: await goodGuy(await agreeGoodGuy(id, { userId: person.userId, deps })),
      }),
    }),
    route({
      method: "POST",
      path: "/good-guys/:id/send-back",
      roles: checker,
      summary: "Refuses a good guy",
      body: noteRequest,
      exists: goodGuyExists,
      answer: async ({ params: { id = "" }, body, person }) => ({
        body: await goodGuy(await sendBackGoodGuy(id, body.note, { userId: person.userId, deps })),
      }),
    }),
    route({
      method: "POST",
      path: "/good-guys/:id/revoke",
      roles: ["handler", "checker"],
      summary: "Ends a good guy at once",
      body: noteRequest,
      exists: goodGuyExists,
      answer: async ({ params: { id = "" }, body, person }) => ({
        body: await goodGuy(await revokeGoodGuy(id, body.note, { userId: person.userId, deps })),
      }),
    }),
    route({
      method: "GET",
      path: "/samples",
      audited: "samples read",
      roles: "any",
      summary: "What is drawn for a second look, or was looked at",
      query: samplesQuery,
      answer: async ({ query }) => ({ body: { items: await listSamples(database, query.state, deps) } }),
    }),
    route({
      method: "POST",
      path: "/samples/:id/look",
      roles: checker,
      summary: "Says what a third person makes of it",
      body: lookRequest,
      exists: async ({ id = "" }) => {
        const { rows } = await database.query("SELECT 1 FROM sample WHERE sample_id = $1", [id]);
        if (rows.length === 0) throw new Refusal("NOT_FOUND", "there is no such sample");
      },
      answer: async ({ params: { id = "" }, body, person }) => {
        await lookAtSample(id, body, { userId: person.userId, deps });
        return {};
      },
    }),
    ...(Object.keys(jobKinds) as (keyof typeof jobKinds)[]).flatMap((path) => {
      const kind = jobKinds[path];
      const request = {
        "look-backs": lookBackRequest,
        "shadow-runs": shadowRunRequest,
        "customer-files": customerFileRequest,
      }[path];
      return [
        route({
          method: "GET",
          path: `/${path}`,
          roles: "any",
          summary: `The last of them`,
          answer: async () => ({ body: { items: await listJobs(database, kind) } }),
        }),
        route({
          method: "POST",
          path: `/${path}`,
          roles: checker,
          summary: `Asks for one; they are done one at a time`,
          body: request,
          answer: async ({ body, person }) => {
            const id = await askForJob(database, kind, { settings: body, by: person.userId, master: deps.master });
            return { status: 202, body: await jobOf(database, kind, id) };
          },
        }),
        route({
          method: "GET",
          path: `/${path}/:id`,
          roles: "any",
          summary: "One of them",
          exists: async ({ id = "" }) => void (await jobOf(database, kind, id)),
          answer: async ({ params: { id = "" } }) => ({ body: await jobOf(database, kind, id) }),
        }),
      ];
    }),
    route({
      method: "POST",
      path: "/alerts/:id/replay",
      audited: "replayed",
      roles: "any",
      summary: "Screens the event again as it was screened then, and compares",
      body: nothing,
      exists: alertExists,
      answer: async ({ params: { id = "" } }) => ({ body: await replay(id) }),
    }),
    route({
      method: "GET",
      path: "/audit",
      roles: auditor,
      summary: "Rows of the audit, in their order; after the last of them with `after`",
      query: auditQuery,
      answer: async ({ query, person }) => {
        const { from, to, subject, after, limit, format } = query;
        const { rows } = await database.query<Record<string, unknown> & { at: Date }>(
          `SELECT ${auditColumns.join(", ")} FROM audit WHERE ($1::timestamptz IS NULL OR at >= $1) AND ($2::timestamptz IS NULL OR at < $2)
             AND ($3::text IS NULL OR subject = $3) AND seq > $4 ORDER BY seq LIMIT $5`,
          [from ?? null, to ?? null, subject ?? null, after, limit],
        );
        await database.transaction((tx) =>
          appendAudit(tx, [
            {
              actor: person.userId,
              action: "audit read",
              subject: subject ?? "",
              detail: { from, to, rows: rows.length, format },
            },
          ]),
        );
        if (format === "csv")
          return {
            text: csvOf(
              auditColumns,
              rows.map((row) => auditColumns.map((name) => row[name])),
            ),
            headers: {
              "content-type": "text/csv; charset=utf-8",
              "content-disposition": 'attachment; filename="audit.csv"',
            },
          };
        return { body: { items: rows.map((row) => ({ ...row, at: row.at.toISOString() })) } };
      },
    }),
    route({
      method: "POST",
      path: "/audit/verify",
      audited: "audit verified",
      roles: auditor,
      summary: "Checks the chain of the audit",
      body: nothing,
      answer: async () => {
        const found = await verifyAudit(database);
        onVerified(found.ok);
        return { body: found };
      },
    }),
    route({
      method: "GET",
      path: "/reports/:name",
      audited: "report read",
      roles: auditor,
      summary: "A report: backlog, flow, times, outcomes, makers, haste, repeats, good-guys, samples",
      query: reportQuery,
      answer: async ({ params: { name = "" }, query }) => {
        const report = await reportOf(database, name, query);
        if (report === null) throw new Refusal("NOT_FOUND", "there is no such report");
        if (query.format === "json") return { body: report };
        return {
          text: csvOf(
            report.columns.map((one) => one.name),
            report.rows,
          ),
          headers: {
            "content-type": "text/csv; charset=utf-8",
            "content-disposition": `attachment; filename="${name}.csv"`,
          },
        };
      },
    }),
    route({
      method: "GET",
      path: "/users",
      audited: "users read",
      roles: admin,
      summary: "Who may do what",
      answer: async () => ({ body: { items: await listUsers(database) } }),
    }),
    route({
      method: "PUT",
      path: "/users",
      roles: admin,
      summary: "Changes who may do what: a second administrator asks for the same",
      body: userRequest,
      answer: async ({ body, person }) => {
        const done = await changeUser(database, body, { by: person.userId, alone: oneAdmin });
        return { status: done ? 200 : 202, body: { items: await listUsers(database) } };
      },
    }),
    route({
      method: "GET",
      path: "/settings",
      audited: "settings read",
      roles: admin,
      summary: "What administrators set",
      answer: async () => ({ body: await settingsNow(deps) }),
    }),
    route({
      method: "PUT",
      path: "/settings",
      roles: admin,
      summary: "Sets what administrators set",
      body: settingsRequest,
      answer: async ({ body, person }) => {
        await database.transaction(async (tx) => {
          for (const [name, value] of Object.entries(body))
            await tx.query(
              "INSERT INTO setting (name, value) VALUES ($1, $2) ON CONFLICT (name) DO UPDATE SET value = EXCLUDED.value",
              [name, JSON.stringify(value)],
            );
          await appendAudit(tx, [
            { actor: person.userId, action: "settings changed", subject: "settings", detail: body },
          ]);
        });
        return { body: await settingsNow(deps) };
      },
    }),
  ];
  return all.map((one) => withAudit(one, database));
}

/** Whoever was answered is written down, with what was asked for in words of closed lists. */
function withAudit({ audited: action, ...one }: Route, database: Database): Route {
  if (action === undefined) return one;
  return {
    ...one,
    answer: async (asked) => {
      const answered = await one.answer(asked);
      const { id, name } = asked.params;
      const detail = (asked.query ?? {}) as Readonly<Record<string, unknown>>;
      await database.transaction((tx) =>
        appendAudit(tx, [{ actor: asked.person.userId, action, subject: id ?? name ?? "", detail }]),
      );
      return answered;
    },
  };
}

async function settingsNow({ database }: DeskDeps): Promise<Readonly<Record<string, unknown>>> {
  const { rows } = await database.query<{ name: string; value: string }>(
    "SELECT name, value FROM setting WHERE name IN ('dueMinutes', 'legalHold')",
  );
  return {
    legalHold: false,
    ...Object.fromEntries(rows.map(({ name, value }) => [name, JSON.parse(value) as unknown])),
  };
}
