export type ServiceName = "kafka" | "registry" | "redis" | "postgres";
/** What a local process can be: one of these, or what is started beside them. */
export type ProcessName = ServiceName | "prometheus";
export type Source = "environment" | "container" | "process";

/** One of them, found or started. */
export interface Service {
  readonly source: Source;
  /** `KAFKA_BROKERS`, `SCHEMA_REGISTRY_URL`, `REDIS_URL` or `DESK_DATABASE_URL` as a client takes it. */
  readonly address: string;
  /** Resolves when nothing of it runs any more. Does nothing to a service that was there before us. */
  stop(): Promise<void>;
}

/** What a way of finding or starting a service is given. */
export interface Finding {
  readonly env: Readonly<Record<string, string | undefined>>;
  /** One line of progress, without a newline. */
  readonly report: (line: string) => void;
  /** Aborted when the stack is no longer wanted, or when another service of it failed. */
  readonly signal: AbortSignal;
}

/** A local process also needs a folder for its data and its log; the supervisor removes it when the process ends. */
export interface Starting extends Finding {
  /** A fresh, empty one at each call. */
  readonly newFolder: (name: ProcessName) => string;
}
