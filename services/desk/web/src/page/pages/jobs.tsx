import { Missing } from "../parts/small.tsx";
import { itemsOf, remoteOf } from "../remote.ts";
import type { Desk } from "../state.ts";
import type { Job } from "../wire.ts";
import { wordOf, writtenTime } from "../words.ts";
import { type JobKind, resultText, settingsText } from "./results.ts";

export function jobsOf(desk: Desk, kind: JobKind): readonly Job[] {
  return itemsOf<Job>(remoteOf(desk, `/${kind}`));
}

/** Runs of one kind, the newest first as the service tells them, with how far each is and what came out. */
export function Jobs({ desk, kind }: { readonly desk: Desk; readonly kind: JobKind }) {
  const remote = remoteOf(desk, `/${kind}`);
  const jobs = jobsOf(desk, kind);
  const what = wordOf(kind).toLowerCase();
  if (remote.kind !== "read") return <Missing remote={remote} what={what} />;
  if (jobs.length === 0) return <p class="quiet">None yet.</p>;
  return (
    <div class="wide" tabIndex={0} role="group" aria-label={wordOf(what)}>
      <table class="data">
        <thead>
          <tr>
            <th scope="col">Started</th>
            <th scope="col">By</th>
            <th scope="col">With</th>
            <th scope="col">State</th>
            <th scope="col">What came out</th>
          </tr>
        </thead>
        <tbody>
          {jobs.map((job) => (
            <tr key={job.id} data-testid="job" data-id={job.id} data-state={job.state}>
              <td class="num">{writtenTime(job.startedAt, desk.state.now)}</td>
              <td>{job.by ?? ""}</td>
              <td>{settingsText(job, kind)}</td>
              <td>
                {wordOf(job.state)}
                <Progress job={job} />
              </td>
              <td>{resultText(job, kind)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function Progress({ job }: { readonly job: Job }) {
  if (typeof job.progress !== "number" || job.finishedAt) return null;
  const percent = Math.round(job.progress * 100);
  return <progress max={100} value={percent} aria-label={`${String(percent)} percent done`} />;
}
