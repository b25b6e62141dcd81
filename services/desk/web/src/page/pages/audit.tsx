import { send } from "../alert/open.ts";
import { query } from "../api.ts";
import { Says } from "../parts/says.tsx";
import { Main, Missing } from "../parts/small.tsx";
import { itemsOf, remoteOf } from "../remote.ts";
import { type Desk, fieldOf, setField, tell } from "../state.ts";
import type { AuditRow, Me } from "../wire.ts";
import { wordOf, writtenTime } from "../words.ts";
import { momentsOf, PeriodFields, periodOf } from "./period.tsx";

const mostRows = 500;
/** The most that the service gives at once; a longer period is exported in parts. */
const mostExported = 100_000;

export function Audit({ desk, me }: { readonly desk: Desk; readonly me: Me }) {
  if (!me.roles.includes("auditor"))
    return (
      <Main title="Audit trail">
        <p class="quiet">The audit trail is for auditors. Your role does not see it.</p>
      </Main>
    );
  const subject = fieldOf(desk.state, "audit.subject");
  const asked = { ...momentsOf(periodOf(desk)), subject };
  const exported = { ...asked, limit: mostExported };
  const remote = remoteOf(desk, `/audit${query(asked)}`);
  const rows = itemsOf<AuditRow>(remote);
  return (
    <Main title="Audit trail">
      <p class="lead">
        Who did what, in order. Each row holds the hash of the one before; what is said on Kafka witnesses it.
      </p>
      <div class="act">
        <PeriodFields desk={desk} />
        <label class="inline">
          Alert or other subject
          <input
            type="text"
            autocomplete="off"
            spellcheck={false}
            maxLength={200}
            value={subject}
            onChange={({ currentTarget }) => setField(desk, "audit.subject", currentTarget.value.trim())}
          />
        </label>
        <a class="second" href={`/api/v1/audit${query({ ...exported, format: "csv" })}`} download="audit.csv">
          CSV
        </a>
        <a class="second" href={`/api/v1/audit${query({ ...exported, format: "json" })}`} download="audit.json">
          JSON
        </a>
        <button type="button" class="primary" onClick={() => void verify(desk)}>
          Verify the chain
        </button>
      </div>
      <Says desk={desk} />
      <Missing remote={remote} what="the audit trail" />
      {remote.kind === "read" && rows.length === 0 ? <p class="quiet">Nothing in this period.</p> : null}
      {rows.length > 0 ? <Rows rows={rows} now={desk.state.now} /> : null}
    </Main>
  );
}

async function verify(desk: Desk): Promise<void> {
  const answer = await send<{ ok?: boolean; rows?: number; brokenAt?: number | string }>(desk, "/audit/verify", {});
  if (answer === null) return;
  const rows = (answer.rows ?? 0).toLocaleString("en-GB");
  if (answer.ok === true) tell(desk, `The chain is whole: ${rows} rows.`);
  else {
    const message = `The chain is broken at row ${String(answer.brokenAt ?? "?")}. Keep the database as it is and tell security.`;
    desk.update({ problem: { code: "CHAIN_BROKEN", message, changes: [] } });
  }
}

function Rows({ rows, now }: { readonly rows: readonly AuditRow[]; readonly now: number }) {
  return (
    <>
      {rows.length > mostRows ? (
        <p class="quiet">
          The first {mostRows} of {rows.length} rows; the exports have all.
        </p>
      ) : null}
      <div class="wide" tabIndex={0} role="group" aria-label="Rows of the audit trail">
        <table class="data">
          <thead>
            <tr>
              <th scope="col" class="right">
                Row
              </th>
              <th scope="col">When</th>
              <th scope="col">Who</th>
              <th scope="col">What</th>
              <th scope="col">Subject</th>
              <th scope="col">Hash</th>
            </tr>
          </thead>
          <tbody>
            {rows.slice(0, mostRows).map(({ seq, at, actor, action, subject, hash }) => (
              <tr key={String(seq)}>
                <td class="right num">{seq}</td>
                <td class="num">{writtenTime(at, now)}</td>
                <td>{actor}</td>
                <td>{wordOf(action)}</td>
                <td class="mono">{subject ?? ""}</td>
                <td class="mono" title={hash}>
                  {hash.slice(0, 12)}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </>
  );
}
