import { Missing } from "../parts/small.tsx";
import { itemsOf, remoteOf } from "../remote.ts";
import type { Desk } from "../state.ts";
import type { Job } from "../wire.ts";
import { wordOf, writtenTime } from "../words.ts";

/** Runs of one kind, the newest first as the service tells them, with how far each is and what came out. */
export function Jobs({ desk, path, what }: { readonly desk: Desk; readonly path: string; readonly what: string }) {
  const remote = remoteOf(desk, path);
  const jobs = itemsOf<Job>(remote);
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
              <td>{figures(job.settings)}</td>
              <td>
                {wordOf(job.state)}
                <Progress job={job} />
              </td>
              <td>{figures(job.result)}</td>
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

function figures(values: Readonly<Record<string, unknown>> | null | undefined): string {
  return Object.entries(values ?? {})
    .filter(([, value]) => value !== null && value !== undefined)
    .map(([name, value]) => `${wordOf(name.replaceAll(/([a-z])([A-Z])/g, "$1 $2")).toLowerCase()} ${text(value)}`)
    .join(", ");
}

function text(value: unknown): string {
  if (typeof value === "number") return value.toLocaleString("en-GB");
  return typeof value === "string" ? value : JSON.stringify(value);
}
