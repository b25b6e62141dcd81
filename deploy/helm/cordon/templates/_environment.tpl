{{/*
A pod's variables and the files they name. Arguments: root, service (its values). Passwords, certificates and keys are
files of Secrets that are mounted, never variables: an environment is shown by too many tools.
*/}}
{{- define "cordon.environment" -}}
{{- $v := .root.Values -}}
{{- $users := .service.users -}}
- { name: KAFKA_BROKERS, value: {{ required "kafka.brokers is not set: the bootstrap servers of your Kafka, host:port" $v.kafka.brokers | quote }} }
{{- with $v.kafka.topicPrefix }}
- { name: TOPIC_PREFIX, value: {{ . | quote }} }
{{- end }}
{{- if $v.kafka.tls.enabled }}
- { name: KAFKA_TLS, value: "true" }
{{- if $v.kafka.tls.caSecret }}
- { name: KAFKA_TLS_CA_FILE, value: /run/cordon/kafka-ca/ca.crt }
{{- end }}
{{- end }}
{{- if $v.kafka.saslMechanism }}
- { name: KAFKA_SASL_MECHANISM, value: {{ $v.kafka.saslMechanism }} }
- { name: KAFKA_SASL_USERNAME, value: {{ required (printf "%s.users.kafka.name is not set, but kafka.saslMechanism is" .key) $users.kafka.name | quote }} }
- { name: KAFKA_SASL_PASSWORD_FILE, value: /run/cordon/kafka/password }
{{- else if $users.kafka.certKey }}
- { name: KAFKA_TLS_CERT_FILE, value: /run/cordon/kafka/tls.crt }
- { name: KAFKA_TLS_KEY_FILE, value: /run/cordon/kafka/tls.key }
{{- end }}
- { name: SCHEMA_REGISTRY_URL, value: {{ required "registry.url is not set: the address of your schema registry, with its path" $v.registry.url | quote }} }
{{- if $v.registry.caSecret }}
- { name: SCHEMA_REGISTRY_TLS_CA_FILE, value: /run/cordon/registry-ca/ca.crt }
{{- end }}
{{- if $users.registry.secret }}
- { name: SCHEMA_REGISTRY_USERNAME, value: {{ required (printf "%s.users.registry.name is not set beside its secret" .key) $users.registry.name | quote }} }
- { name: SCHEMA_REGISTRY_PASSWORD_FILE, value: /run/cordon/registry/password }
{{- end }}
- { name: REDIS_URL, value: {{ required "redis.url is not set: the address of your Redis, redis:// or rediss://" $v.redis.url | quote }} }
- { name: REDIS_KEY_PREFIX, value: {{ $v.redis.keyPrefix | quote }} }
{{- if $v.redis.caSecret }}
- { name: REDIS_TLS_CA_FILE, value: /run/cordon/redis-ca/ca.crt }
{{- end }}
{{- if $users.redis.secret }}
{{- with $users.redis.name }}
- { name: REDIS_USERNAME, value: {{ . | quote }} }
{{- end }}
- { name: REDIS_PASSWORD_FILE, value: /run/cordon/redis/password }
{{- end }}
{{- if and (eq .component "list-sync") $v.signing.keySecret }}
- { name: INDEX_SIGNING_KEY_FILE, value: /run/cordon/signing/signing.key }
{{- end }}
{{- if $v.signing.publicSecret }}
- { name: INDEX_PUBLIC_KEY_FILE, value: /run/cordon/signing-public/signing.pub }
{{- end }}
{{- if eq .component "gateway" }}
{{- $g := .service }}
- { name: GATEWAY_HOST, value: "0.0.0.0" }
- { name: GATEWAY_PORT, value: "8080" }
{{- if not (or $g.tokensSecret $g.tls.clientCaKey (eq (get $g.env "GATEWAY_AUTH") "none")) }}
{{- fail "gateway.tokensSecret is not set, nor gateway.tls.clientCaKey: say who may send (or gateway.env.GATEWAY_AUTH: none)" }}
{{- end }}
{{- if $g.tokensSecret }}
- { name: GATEWAY_TOKENS_FILE, value: /run/cordon/tokens/tokens }
{{- end }}
{{- if $g.tls.secret }}
- { name: GATEWAY_TLS_CERT_FILE, value: /run/cordon/tls/tls.crt }
- { name: GATEWAY_TLS_KEY_FILE, value: /run/cordon/tls/tls.key }
{{- if $g.tls.clientCaKey }}
- { name: GATEWAY_TLS_CLIENT_CA_FILE, value: /run/cordon/tls/clients.crt }
{{- end }}
{{- end }}
{{- end }}
{{- if eq .component "desk" }}
{{- $d := .service }}
- { name: DESK_HOST, value: "0.0.0.0" }
- { name: DESK_PORT, value: "8443" }
- { name: DESK_PUBLIC_URL, value: {{ required "desk.publicUrl is not set: how browsers reach the desk" $d.publicUrl | quote }} }
- { name: DESK_DATABASE_URL_FILE, value: /run/cordon/database/url }
- { name: DESK_MASTER_KEY_FILE, value: /run/cordon/master/key }
{{- if $d.goodGuysSecret }}
- { name: GOOD_GUYS_SIGNING_KEY_FILE, value: /run/cordon/good-guys/key }
{{- end }}
- { name: DESK_OIDC_ISSUER, value: {{ required "desk.oidc.issuer is not set: people sign in at your identity provider" $d.oidc.issuer | quote }} }
- { name: DESK_OIDC_CLIENT_ID, value: {{ required "desk.oidc.clientId is not set" $d.oidc.clientId | quote }} }
{{- if $d.oidc.secret }}
- { name: DESK_OIDC_CLIENT_SECRET_FILE, value: /run/cordon/oidc/secret }
{{- end }}
{{- end }}
{{- range $name, $value := merge (deepCopy .service.env) $v.env }}
- { name: {{ $name }}, value: {{ include "cordon.text" $value | quote }} }
{{- end }}
{{- end -}}

{{/* The Secrets that a pod mounts: a line `NAME SECRET KEY:FILE[,KEY:FILE]` each. */}}
{{- define "cordon.secrets" -}}
{{- $v := .root.Values -}}
{{- $users := .service.users -}}
{{- if and $v.kafka.tls.enabled $v.kafka.tls.caSecret }}
kafka-ca {{ $v.kafka.tls.caSecret }} {{ $v.kafka.tls.caKey }}:ca.crt
{{- end }}
{{- if $v.kafka.saslMechanism }}
kafka {{ required (printf "%s.users.kafka.secret is not set, but kafka.saslMechanism is" .key) $users.kafka.secret }} {{ $users.kafka.passwordKey }}:password
{{- else if $users.kafka.certKey }}
kafka {{ required (printf "%s.users.kafka.secret is not set, but certKey is" .key) $users.kafka.secret }} {{ $users.kafka.certKey }}:tls.crt,{{ $users.kafka.keyKey }}:tls.key
{{- end }}
{{- if $v.registry.caSecret }}
registry-ca {{ $v.registry.caSecret }} {{ $v.registry.caKey }}:ca.crt
{{- end }}
{{- if $users.registry.secret }}
registry {{ $users.registry.secret }} {{ $users.registry.passwordKey }}:password
{{- end }}
{{- if $v.redis.caSecret }}
redis-ca {{ $v.redis.caSecret }} {{ $v.redis.caKey }}:ca.crt
{{- end }}
{{- if $users.redis.secret }}
redis {{ $users.redis.secret }} {{ $users.redis.passwordKey }}:password
{{- end }}
{{- if and (eq .component "list-sync") $v.signing.keySecret }}
signing {{ $v.signing.keySecret }} {{ $v.signing.keyKey }}:signing.key
{{- end }}
{{- if $v.signing.publicSecret }}
signing-public {{ $v.signing.publicSecret }} {{ $v.signing.publicKey }}:signing.pub
{{- end }}
{{- if eq .component "gateway" }}
{{- if .service.tokensSecret }}
tokens {{ .service.tokensSecret }} {{ .service.tokensKey }}:tokens
{{- end }}
{{- if .service.tls.secret }}
tls {{ .service.tls.secret }} tls.crt:tls.crt,tls.key:tls.key{{ with .service.tls.clientCaKey }},{{ . }}:clients.crt{{ end }}
{{- end }}
{{- end }}
{{- if eq .component "desk" }}
database {{ required "desk.databaseSecret is not set: the Secret with the address of the database" .service.databaseSecret }} {{ .service.databaseKey }}:url
master {{ required "desk.masterKeySecret is not set: the Secret with the key that keys are wrapped with" .service.masterKeySecret }} {{ .service.masterKeyKey }}:key
{{- if .service.goodGuysSecret }}
good-guys {{ .service.goodGuysSecret }} {{ .service.goodGuysKey }}:key
{{- end }}
{{- if .service.oidc.secret }}
oidc {{ .service.oidc.secret }} {{ .service.oidc.secretKey }}:secret
{{- end }}
{{- end }}
{{- end -}}

{{- define "cordon.volumes" -}}
- name: tmp
  emptyDir: { sizeLimit: 64Mi }
{{- range (splitList "\n" (include "cordon.secrets" .)) }}
{{- if trim . }}
{{- $parts := splitList " " (trim .) }}
- name: {{ index $parts 0 }}
  secret:
    secretName: {{ index $parts 1 }}
    defaultMode: 0440
    items:
    {{- range (splitList "," (index $parts 2)) }}
      - { key: {{ (splitList ":" .) | first | quote }}, path: {{ (splitList ":" .) | last }} }
    {{- end }}
{{- end }}
{{- end }}
{{- with .service.extraVolumes }}
{{ toYaml . }}
{{- end }}
{{- end -}}

{{- define "cordon.mounts" -}}
- { name: tmp, mountPath: /tmp }
{{- range (splitList "\n" (include "cordon.secrets" .)) }}
{{- if trim . }}
{{- $name := splitList " " (trim .) | first }}
- { name: {{ $name }}, mountPath: /run/cordon/{{ $name }}, readOnly: true }
{{- end }}
{{- end }}
{{- with .service.extraVolumeMounts }}
{{ toYaml . }}
{{- end }}
{{- end -}}

{{/* A value as one would write it: numbers come as floats, and a million must not become 1e+06. */}}
{{- define "cordon.text" -}}
{{- if and (kindIs "float64" .) (eq (floor .) .) }}{{ . | int64 }}{{ else }}{{ . }}{{ end -}}
{{- end -}}
