import { type CodeWith, errorCatalogue, type ErrorCode, holdReasons } from "@cordon/errors";

export type MetricService = "list-sync" | "screener" | "canary" | "gateway" | "desk";

/**
 * The values a label may take: the words themselves, or in words what closes the set. Either way it is small, known
 * before the first record, and never taken from a record.
 */
export type LabelValues = readonly [string, ...string[]] | string;

export interface MetricDefinition {
  /** Follows Prometheus: a unit at the end, `_total` on counters. Public: dashboards and alerts are built on it. */
  readonly name: string;
  readonly type: "counter" | "gauge" | "histogram";
  readonly help: string;
  readonly services: readonly [MetricService, ...MetricService[]];
  readonly labels: Readonly<Record<string, LabelValues>>;
  /** Upper bounds, in the metric's unit; histograms only. */
  readonly buckets?: readonly number[];
}

function codesWith<D extends "retry" | "dead-letter">(disposition: D): readonly [CodeWith<D>, ...CodeWith<D>[]] {
  const codes = (Object.keys(errorCatalogue) as ErrorCode[]).filter(
    (code) => errorCatalogue[code].disposition === disposition,
  );
  return codes as unknown as readonly [CodeWith<D>, ...CodeWith<D>[]];
}

const eventTopic = "the two event topics";
const partitions = "the topic's partitions";
const list = "the lists of the index";
const latencySeconds = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 20, 30, 60] as const;
const every = ["list-sync", "screener", "canary", "gateway", "desk"] as const;
const both = ["list-sync", "screener"] as const;
const screener = ["screener"] as const;
const listSync = ["list-sync"] as const;
const canary = ["canary"] as const;
const gateway = ["gateway"] as const;
const gatewayRoutes = ["messages", "decisions", "other"] as const;
const desk = ["desk"] as const;
const openStates = ["OPEN", "TAKEN", "PROPOSED", "ESCALATED"] as const;
const canaryKinds = ["known_bad", "known_good"] as const;

/** Every metric of our own. `docs/specs/metrics.md` has a row for each; Node's and the process's own come beside them. */
export const metricDefinitions = {
  buildInfo: {
    name: "cordon_build_info",
    type: "gauge",
    help: "Always 1; the labels say what runs.",
    services: every,
    labels: { service: "the service's name", version: "the build's version", engine: "the engine's version" },
  },
  policyInfo: {
    name: "cordon_policy_info",
    type: "gauge",
    help: "Always 1; the labels say by which policy and which engine this screener decides: replicas must agree.",
    services: screener,
    labels: { policy_version: "the version of its settings and rules", engine_version: "the engine's version" },
  },
  policyRules: {
    name: "cordon_policy_rules",
    type: "gauge",
    help: "Rules of the policy in use, beside what holds everywhere.",
    services: screener,
    labels: {},
  },
  policySwaps: {
    name: "cordon_policy_swaps_total",
    type: "counter",
    help: "Times that another policy was taken from its file while this screener ran.",
    services: screener,
    labels: {},
  },
  policyFaults: {
    name: "cordon_policy_faults",
    type: "gauge",
    help: "Faults of POLICY_FILE as it stands now. Above 0 the last good policy decides.",
    services: screener,
    labels: {},
  },
  retries: {
    name: "cordon_retries_total",
    type: "counter",
    help: "Times that work waited and was tried again because something outside gave no answer, by error code.",
    services: every,
    labels: { code: codesWith("retry") },
  },

  decisions: {
    name: "cordon_screening_decisions_total",
    type: "counter",
    help: "Events decided, by source topic and outcome.",
    services: screener,
    labels: { topic: eventTopic, outcome: ["CLEAR", "HIT", "HOLD"] },
  },
  holds: {
    name: "cordon_screening_holds_total",
    type: "counter",
    help: "Decisions to hold, by reason.",
    services: screener,
    labels: { reason: holdReasons },
  },
  hits: {
    name: "cordon_screening_hits_total",
    type: "counter",
    help: "Matches at or above the threshold, by the list of the designation; one event can have several.",
    services: screener,
    labels: { list },
  },
  fields: {
    name: "cordon_screening_fields_total",
    type: "counter",
    help: "Names and lines compared with the index.",
    services: screener,
    labels: {},
  },
  fieldsLeftOut: {
    name: "cordon_screening_fields_left_out_total",
    type: "counter",
    help: "Names and texts that a rule of the policy left out.",
    services: screener,
    labels: {},
  },
  told: {
    name: "cordon_screening_told_total",
    type: "counter",
    help: "Findings that decided nothing, by a rule of the policy or of a list, or that explain a HOLD for a place.",
    services: screener,
    labels: { kind: ["place", "list", "problem", "deadline"] },
  },
  canariesDecided: {
    name: "cordon_screening_canaries_total",
    type: "counter",
    help: "Canary events decided, by source topic and outcome; not counted among the decisions, holds and hits.",
    services: screener,
    labels: { topic: eventTopic, outcome: ["CLEAR", "HIT", "HOLD"] },
  },
  decisionLatency: {
    name: "cordon_screening_decision_latency_seconds",
    type: "histogram",
    help: "From the event record's Kafka timestamp until its decision was durable.",
    services: screener,
    labels: { topic: eventTopic },
    buckets: latencySeconds,
  },
  batchDuration: {
    name: "cordon_screening_batch_duration_seconds",
    type: "histogram",
    help: "From taking a batch until its decisions were durable.",
    services: screener,
    labels: { topic: eventTopic },
    buckets: latencySeconds,
  },
  stageSeconds: {
    name: "cordon_screening_stage_seconds_total",
    type: "counter",
    help: "Time spent in each stage of a batch.",
    services: screener,
    labels: { stage: ["decode", "screen", "encode", "publish"] },
  },
  stageCpuSeconds: {
    name: "cordon_screening_stage_cpu_seconds_total",
    type: "counter",
    help: "Processor time of the main thread in each stage of a batch.",
    services: screener,
    labels: { stage: ["decode", "screen", "encode", "publish"] },
  },
  keyMismatches: {
    name: "cordon_screening_key_mismatches_total",
    type: "counter",
    help: "Events whose record key was missing or was not their event id; screened under the event id.",
    services: screener,
    labels: { topic: eventTopic },
  },
  deadLetters: {
    name: "cordon_dead_letters_total",
    type: "counter",
    help: "Records set aside on the dead-letter topic, by error code.",
    services: screener,
    labels: { code: codesWith("dead-letter") },
  },

  batchSize: {
    name: "cordon_kafka_consumer_batch_size_messages",
    type: "histogram",
    help: "Records in a batch.",
    services: screener,
    labels: { topic: eventTopic },
    buckets: [1, 3, 10, 30, 100, 300, 1000, 3000, 10_000, 30_000],
  },
  consumerLag: {
    name: "cordon_kafka_consumer_lag_messages",
    type: "gauge",
    help: "Records after the last one decided, to the end of the log, for each partition assigned to this process; also those that open transactions hold back.",
    services: screener,
    labels: { topic: eventTopic, partition: partitions },
  },
  heldBack: {
    name: "cordon_kafka_uncommitted_messages",
    type: "gauge",
    help: "Records from the first open transaction of a partition on: nobody who reads committed records sees them yet.",
    services: screener,
    labels: { topic: eventTopic, partition: partitions },
  },
  openTransaction: {
    name: "cordon_kafka_open_transaction_seconds",
    type: "gauge",
    help: "For how long the first open transaction of a partition has been in the way; 0 where there is none.",
    services: screener,
    labels: { topic: eventTopic, partition: partitions },
  },
  oldestUnscreened: {
    name: "cordon_kafka_oldest_unscreened_seconds",
    type: "gauge",
    help: "For how long, by this process's clock, the oldest record of a partition that is not decided has been seen to stand there; 0 where all are decided.",
    services: screener,
    labels: { topic: eventTopic, partition: partitions },
  },
  topicPartitions: {
    name: "cordon_kafka_topic_partitions",
    type: "gauge",
    help: "Partitions that the topic has; each belongs to one replica's assigned partitions, or nobody reads it.",
    services: screener,
    labels: { topic: eventTopic },
  },
  partitionsSeen: {
    name: "cordon_kafka_partitions_seen_timestamp_seconds",
    type: "gauge",
    help: "When the partitions of the event topics were last looked at with success, seconds since the epoch.",
    services: screener,
    labels: {},
  },
  eventsSkipped: {
    name: "cordon_events_skipped_total",
    type: "counter",
    help: "Offsets of event topics that were deleted before the group read them: at most so many events never get a decision.",
    services: screener,
    labels: { topic: eventTopic },
  },
  offsetAnomalies: {
    name: "cordon_kafka_offset_anomalies_total",
    type: "counter",
    help: "Times that the offsets of a partition and of the group did not fit: what the group had to read is not kept; the group is beyond the end, so all is read again; the end moved back.",
    services: screener,
    labels: { topic: eventTopic, kind: ["not_kept", "beyond_end", "end_moved_back"] },
  },
  strangeTimestamps: {
    name: "cordon_screening_strange_timestamps_total",
    type: "counter",
    help: "Records whose Kafka timestamp can be no time of an event (before a year ago, or ahead by more than an hour): left out of the latency.",
    services: screener,
    labels: { topic: eventTopic },
  },
  assignedPartitions: {
    name: "cordon_kafka_consumer_assigned_partitions",
    type: "gauge",
    help: "Partitions assigned to this process.",
    services: screener,
    labels: {},
  },
  rebalances: {
    name: "cordon_kafka_consumer_rebalances_total",
    type: "counter",
    help: "Assignments received from the consumer group; the first one counts.",
    services: screener,
    labels: {},
  },
  commitFailures: {
    name: "cordon_kafka_consumer_commit_failures_total",
    type: "counter",
    help: "Offset commits that failed; the batch is screened again if nobody commits it later.",
    services: screener,
    labels: {},
  },
  consumerRestarts: {
    name: "cordon_kafka_consumer_restarts_total",
    type: "counter",
    help: "Times that the consumer failed and started over by itself.",
    services: screener,
    labels: {},
  },

  indexInfo: {
    name: "cordon_index_info",
    type: "gauge",
    help: "Always 1; the labels name the index in use: content hash, and the version of the engine that compiled it.",
    services: both,
    labels: { version: "the one version in use", engine: "the one version in use" },
  },
  indexGeneration: {
    name: "cordon_index_generation",
    type: "gauge",
    help: "Generation of the index in use; 0 is none.",
    services: both,
    labels: {},
  },
  indexAge: {
    name: "cordon_index_age_seconds",
    type: "gauge",
    help: "Time since that list of the index that was checked longest ago was last read and passed its guards; NaN without an index, +Inf when nobody vouches for one of its lists.",
    services: both,
    labels: {},
  },
  indexMaxAge: {
    name: "cordon_index_max_age_seconds",
    type: "gauge",
    help: "Age of the index over which no event is cleared: the setting INDEX_MAX_AGE_HOURS.",
    services: screener,
    labels: {},
  },
  indexEntries: {
    name: "cordon_index_entries",
    type: "gauge",
    help: "Designations in the index in use, by list.",
    services: both,
    labels: { list },
  },
  indexNames: {
    name: "cordon_index_names",
    type: "gauge",
    help: "Names in the index in use, aliases and variations included.",
    services: both,
    labels: {},
  },
  indexSize: {
    name: "cordon_index_size_bytes",
    type: "gauge",
    help: "Bytes of the index in use, as published.",
    services: both,
    labels: {},
  },
  indexReleasePending: {
    name: "cordon_index_release_pending",
    type: "gauge",
    help: "Whether the live index was rolled back to, so that nothing is published over it until it is released: 1, else 0.",
    services: listSync,
    labels: {},
  },
  indexSwaps: {
    name: "cordon_index_swaps_total",
    type: "counter",
    help: "Times that a newer index took the place of the one in use; the first one counts.",
    services: screener,
    labels: {},
  },
  indexLoadDuration: {
    name: "cordon_index_load_duration_seconds",
    type: "histogram",
    help: "From asking for an index until it was verified and open.",
    services: screener,
    labels: {},
    buckets: [0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60],
  },
  indexLoadFailures: {
    name: "cordon_index_load_failures_total",
    type: "counter",
    help: "Published indexes that could not be taken into use, by error code; the one in use stays.",
    services: screener,
    labels: { code: ["INDEX_CORRUPT", "INDEX_UNTRUSTED", "SNAPSHOT_INVALID", "INDEX_LACKS_LIST", "REDIS_UNAVAILABLE"] },
  },
  indexListMissing: {
    name: "cordon_index_missing_lists",
    type: "gauge",
    help: "Set to 1 while a list that the index in use has, or that the canary expects, is not in the next or live one and nobody released it by name.",
    services: every,
    labels: { list },
  },
  indexTimesAhead: {
    name: "cordon_index_future_times",
    type: "gauge",
    help: "Times beside the index in use that lie more than five minutes in the future: when its lists were checked, when it was published. They vouch for nothing.",
    services: both,
    labels: {},
  },
  indexStoreDanger: {
    name: "cordon_index_store_dangers",
    type: "gauge",
    help: "Set to 1 for what Redis itself says that may take the index away or let it grow old.",
    services: both,
    labels: { danger: ["evicts_index", "evicts_uploads", "cut_off", "unknown"] },
  },
  indexLosses: {
    name: "cordon_index_store_losses_total",
    type: "counter",
    help: "Times that Redis had lost what was live: all of it, the last version only, or parts of it. It is published again.",
    services: listSync,
    labels: { what: ["emptied", "older", "incomplete"] },
  },
  indexPublisherConflict: {
    name: "cordon_index_publisher_conflicts",
    type: "gauge",
    help: "Whether this process does not publish because one of other settings keeps the index: 1, else 0.",
    services: listSync,
    labels: {},
  },

  listSyncs: {
    name: "cordon_list_syncs_total",
    type: "counter",
    help: "Looks at a list's source, by list and result; what was refused or not reached leaves the last good list in use.",
    services: listSync,
    labels: {
      list,
      result: ["updated", "unchanged", "unreachable", "malformed", "empty", "shrunk", "incomplete", "too_large"],
    },
  },
  listSyncDuration: {
    name: "cordon_list_sync_duration_seconds",
    type: "histogram",
    help: "From asking a source until its list was read and judged.",
    services: listSync,
    labels: { list },
    buckets: [0.01, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 120, 300],
  },
  listEntries: {
    name: "cordon_list_entries",
    type: "gauge",
    help: "Designations of the last good version, by list.",
    services: listSync,
    labels: { list },
  },
  listNotUnderstood: {
    name: "cordon_list_unknown_values",
    type: "gauge",
    help: "Things in the last good version that its parser did not understand, by list and kind; `cordon lists status` shows them in words.",
    services: listSync,
    labels: { list, kind: ["identifier", "short_identifier", "name", "date", "place", "structure"] },
  },
  listAge: {
    name: "cordon_list_age_seconds",
    type: "gauge",
    help: "Time since the list was last read and passed its guards, changed or not.",
    services: listSync,
    labels: { list },
  },
  listChecked: {
    name: "cordon_list_checked_timestamp_seconds",
    type: "gauge",
    help: "When the list was last read and passed its guards, changed or not; seconds since the epoch.",
    services: listSync,
    labels: { list },
  },
  listPublished: {
    name: "cordon_list_published_timestamp_seconds",
    type: "gauge",
    help: "The publisher's own date of the last good version, where it states one; seconds since the epoch.",
    services: listSync,
    labels: { list },
  },
  indexPublications: {
    name: "cordon_index_publications_total",
    type: "counter",
    help: "Attempts to publish an index, by result.",
    services: listSync,
    labels: { result: ["published", "superseded", "refused", "failed"] },
  },
  indexCompileDuration: {
    name: "cordon_index_compile_duration_seconds",
    type: "histogram",
    help: "Time to compile an index from every list's designations.",
    services: listSync,
    labels: {},
    buckets: [0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 120],
  },
  indexArchiveFailing: {
    name: "cordon_index_archive_pending",
    type: "gauge",
    help: "Whether a published index waits to be archived: 1, else 0. Stays 0 where nothing is archived.",
    services: listSync,
    labels: {},
  },
  announcements: {
    name: "cordon_list_change_announcements_total",
    type: "counter",
    help: "Changed designations announced on sanctions.list-changes.v1, by kind of change.",
    services: listSync,
    labels: { change: ["ADDED", "AMENDED", "REMOVED"] },
  },
  pendingOutboxes: {
    name: "cordon_list_change_outboxes_pending",
    type: "gauge",
    help: "Published indexes whose changes are not all announced yet.",
    services: listSync,
    labels: {},
  },

  canariesSent: {
    name: "cordon_canary_sent_total",
    type: "counter",
    help: "Canary events sent, by kind.",
    services: canary,
    labels: { kind: canaryKinds },
  },
  canaryResults: {
    name: "cordon_canary_results_total",
    type: "counter",
    help: "Canary events judged: as they must be, decided or alerted otherwise, or not in time.",
    services: canary,
    labels: { kind: canaryKinds, result: ["passed", "wrong", "missed"] },
  },
  canaryLastPassed: {
    name: "cordon_canary_last_passed_timestamp_seconds",
    type: "gauge",
    help: "When a canary event of that kind last passed, seconds since the epoch; 0 before the first.",
    services: canary,
    labels: { kind: canaryKinds },
  },
  canaryListResults: {
    name: "cordon_canary_list_results_total",
    type: "counter",
    help: "Known-bad canary events judged, by the list whose name they carry; absent: the list is expected, and no name of it is in the live index.",
    services: canary,
    labels: { list, result: ["passed", "wrong", "missed", "absent"] },
  },
  canaryListLastPassed: {
    name: "cordon_canary_list_last_passed_timestamp_seconds",
    type: "gauge",
    help: "When a canary event with a name of that list last passed, seconds since the epoch; 0 before the first. Every expected list has one.",
    services: canary,
    labels: { list },
  },
  canaryDetection: {
    name: "cordon_canary_detection_seconds",
    type: "histogram",
    help: "From sending a canary event until its decision, and its alert if known bad, were read back.",
    services: canary,
    labels: { kind: canaryKinds },
    buckets: latencySeconds,
  },

  gatewayRequests: {
    name: "cordon_gateway_requests_total",
    type: "counter",
    help: "Requests answered, by route and HTTP status.",
    services: gateway,
    labels: { route: gatewayRoutes, status: "the statuses that the gateway answers" },
  },
  gatewayRefusals: {
    name: "cordon_gateway_refusals_total",
    type: "counter",
    help: "Requests refused, by code.",
    services: gateway,
    labels: { code: "the codes that the gateway answers" },
  },
  gatewayMessages: {
    name: "cordon_gateway_messages_total",
    type: "counter",
    help: "Messages taken, by format; a repeat produced nothing.",
    services: gateway,
    labels: { format: ["xml", "fin", "json"], repeat: ["yes", "no"] },
  },
  gatewayEvents: {
    name: "cordon_gateway_events_total",
    type: "counter",
    help: "Events that Kafka has acknowledged.",
    services: gateway,
    labels: {},
  },
  gatewayDuration: {
    name: "cordon_gateway_request_duration_seconds",
    type: "histogram",
    help: "From a request's head until its answer was sent, by route; without those that wait for a decision on purpose.",
    services: gateway,
    labels: { route: gatewayRoutes },
    buckets: latencySeconds,
  },
  gatewayDecisionLatency: {
    name: "cordon_gateway_decision_latency_seconds",
    type: "histogram",
    help: "From the registration of an event until its decision was back.",
    services: gateway,
    labels: {},
    buckets: latencySeconds,
  },
  gatewayInFlight: {
    name: "cordon_gateway_in_flight_messages",
    type: "gauge",
    help: "Messages in hand.",
    services: gateway,
    labels: {},
  },
  gatewayInFlightBytes: {
    name: "cordon_gateway_in_flight_bytes",
    type: "gauge",
    help: "Bytes of messages in hand, as announced.",
    services: gateway,
    labels: {},
  },
  gatewayOpenEvents: {
    name: "cordon_gateway_open_events",
    type: "gauge",
    help: "Events of this replica that have no decision yet.",
    services: gateway,
    labels: {},
  },
  gatewayOldestOpen: {
    name: "cordon_gateway_oldest_open_seconds",
    type: "gauge",
    help: "Age of the event that has waited for its decision for the longest; 0 without one.",
    services: gateway,
    labels: {},
  },
  gatewayWaiting: {
    name: "cordon_gateway_waiting_requests",
    type: "gauge",
    help: "Requests that wait for a decision.",
    services: gateway,
    labels: {},
  },
  gatewayConnections: {
    name: "cordon_gateway_open_connections",
    type: "gauge",
    help: "Connections of clients.",
    services: gateway,
    labels: {},
  },
  gatewayDropped: {
    name: "cordon_gateway_connections_dropped_total",
    type: "counter",
    help: "Slow connections that had to make room, by the limit that was reached: of all, or of one address.",
    services: gateway,
    labels: { why: ["all", "address"] },
  },
  gatewayAdopted: {
    name: "cordon_gateway_events_adopted_total",
    type: "counter",
    help: "Open events taken over from replicas that are gone.",
    services: gateway,
    labels: {},
  },
  gatewayAccessFaults: {
    name: "cordon_gateway_access_faults_total",
    type: "counter",
    help: "Times that the file of tokens, or the certificates, changed to something that cannot be read.",
    services: gateway,
    labels: { what: ["tokens", "certificates"] },
  },
  deskAlertsReceived: {
    name: "cordon_desk_alerts_received_total",
    type: "counter",
    help: "Alerts and held events that the desk took in, each once; undecodable: records that it could not read, and keeps.",
    services: desk,
    labels: { what: ["alerts", "holds", "undecodable"] },
  },
  deskAlerts: {
    name: "cordon_desk_alerts",
    type: "gauge",
    help: "Alerts and held events that are not decided, by state.",
    services: desk,
    labels: { state: openStates },
  },
  deskOldestAlert: {
    name: "cordon_desk_oldest_alert_age_seconds",
    type: "gauge",
    help: "How long ago the oldest alert in that state was raised; 0 where there is none.",
    services: desk,
    labels: { state: openStates },
  },
  deskLateAlerts: {
    name: "cordon_desk_late_alerts",
    type: "gauge",
    help: "Alerts and held events that are not decided and should have been by now.",
    services: desk,
    labels: {},
  },
  deskConsumerLag: {
    name: "cordon_desk_consumer_lag_messages",
    type: "gauge",
    help: "Records after the last batch that the desk took of one partition of that topic.",
    services: desk,
    labels: { topic: ["alerts", "decisions", "list_changes"] },
  },
  deskOutboxOldest: {
    name: "cordon_desk_outbox_oldest_age_seconds",
    type: "gauge",
    help: "How long the disposition that waits longest has waited to be sent; 0 where none does.",
    services: desk,
    labels: {},
  },
  deskOutboxWaiting: {
    name: "cordon_desk_outbox_waiting",
    type: "gauge",
    help: "Dispositions that Kafka has not acknowledged yet.",
    services: desk,
    labels: {},
  },
  deskDispositions: {
    name: "cordon_desk_dispositions",
    type: "gauge",
    help: "Events that people decided, ever, by decision.",
    services: desk,
    labels: { decision: ["RELEASE", "REJECT"] },
  },
  deskRefusals: {
    name: "cordon_desk_refusals_total",
    type: "counter",
    help: "Requests that were not done, by code.",
    services: desk,
    labels: {
      code: [
        "CROSS_SITE",
        "SIGN_IN_NEEDED",
        "TOO_MANY",
        "ROLE_MISSING",
        "NOT_FOUND",
        "BAD_REQUEST",
        "SAME_PERSON",
        "RATIONALE_MISSING",
        "REASON_UNKNOWN",
        "PARTY_TOO_VAGUE",
        "STATE_FINAL",
        "EVIDENCE_CHANGED",
        "VERSION_CONFLICT",
        "STORE_UNAVAILABLE",
      ],
    },
  },
  deskSignIns: {
    name: "cordon_desk_sign_ins_total",
    type: "counter",
    help: "Sign-ins, by password or by the identity provider.",
    services: desk,
    labels: { how: ["local", "oidc"], result: ["done", "refused"] },
  },
  deskAuditVerified: {
    name: "cordon_desk_audit_verified_timestamp_seconds",
    type: "gauge",
    help: "When the audit's chain was last found whole, seconds since the epoch.",
    services: desk,
    labels: {},
  },
  deskAuditBroken: {
    name: "cordon_desk_audit_broken",
    type: "gauge",
    help: "Set to 1 while the audit's chain is broken: no disposition is sent then.",
    services: desk,
    labels: {},
  },
  deskGoodGuys: {
    name: "cordon_desk_good_guys",
    type: "gauge",
    help: "Good guys, by state.",
    services: desk,
    labels: { state: ["PROPOSED", "ACTIVE", "SUSPENDED", "EXPIRED", "REVOKED"] },
  },
  goodGuySuppressions: {
    name: "cordon_screening_good_guy_suppressions_total",
    type: "counter",
    help: "Events that are CLEAR because a good guy set a match aside.",
    services: screener,
    labels: {},
  },
  goodGuysAge: {
    name: "cordon_screening_good_guys_age_seconds",
    type: "gauge",
    help: "How long ago the desk last said that the good guys in use are so; NaN where none are in use.",
    services: screener,
    labels: {},
  },
  goodGuysRefused: {
    name: "cordon_screening_good_guys_refused_total",
    type: "counter",
    help: "Looks for good guys that found none to be used, by what was wrong: every hit is a HIT then.",
    services: screener,
    labels: { reason: ["absent", "unreadable", "untrusted", "corrupt", "older", "old", "ahead", "unreachable"] },
  },
} as const satisfies Readonly<Record<string, MetricDefinition>>;

export type MetricDefinitions = typeof metricDefinitions;
