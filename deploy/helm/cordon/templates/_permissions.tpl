{{/*
What each user may do: a line `USER KIND PATTERN NAMES OPERATIONS` each, names and operations with commas between. The same
as the table that the project's tests take away row by row; a test compares. Names are put after kafka.topicPrefix, but for groups
and transactional ids.
*/}}
{{- define "cordon.permissions" -}}
{{- $env := merge (deepCopy .Values.screener.env) .Values.env -}}
{{- $group := get $env "KAFKA_GROUP_ID" | default "cordon-screener" -}}
{{- $canaryGroup := get (merge (deepCopy .Values.canary.env) .Values.env) "CANARY_GROUP_ID" | default "cordon-canary" -}}
{{- $client := get .Values.env "KAFKA_CLIENT_ID" | default "cordon" -}}
screener topic literal payments.v1,remittances.v1 Read,DescribeConfigs
screener topic literal screening.decisions.v1,screening.alerts.v1,screening.dead-letters.v1,screening.canary-decisions.v1,screening.canary-alerts.v1 Write,DescribeConfigs
screener group literal {{ $group }} Read
screener transactionalId prefix {{ $group }}: Write
list-sync topic literal sanctions.list-changes.v1 Write,DescribeConfigs
list-sync topic literal cordon.operator-acts.v1 Write
canary topic literal payments.v1,remittances.v1 Write
canary topic literal screening.canary-decisions.v1,screening.canary-alerts.v1 Read,DescribeConfigs
canary group literal {{ .Values.kafka.topicPrefix }}{{ $canaryGroup }} Read
second-look topic literal payments.v1,remittances.v1,screening.decisions.v1 Read
second-look topic literal screening.alerts.v1 Read,Write
second-look group literal {{ get (merge (deepCopy .Values.secondLook.env) .Values.env) "RESUBMISSION_GROUP_ID" | default "cordon-resubmissions" }} Read
second-look group literal {{ $group }} Describe
second-look group prefix {{ $client }}-reader- Read
rescreen topic literal payments.v1,remittances.v1,screening.dead-letters.v1 Read
rescreen topic literal screening.decisions.v1 Read,Write
rescreen topic literal screening.alerts.v1 Write
rescreen topic literal cordon.operator-acts.v1 Write
rescreen group prefix {{ $client }}-reader- Read
gateway topic literal payments.v1,remittances.v1 Write,DescribeConfigs
gateway topic literal screening.decisions.v1,screening.alerts.v1 Read,DescribeConfigs
gateway group prefix {{ $client }}-reader- Read
desk topic literal screening.alerts.v1,screening.decisions.v1,sanctions.list-changes.v1 Read,DescribeConfigs
desk topic literal payments.v1,remittances.v1 Read
desk topic literal screening.dispositions.v1 Read,Write,DescribeConfigs
desk group literal {{ .Values.kafka.topicPrefix }}{{ get (merge (deepCopy .Values.desk.env) .Values.env) "DESK_GROUP_ID" | default "cordon-desk" }} Read
desk group prefix {{ $client }}-reader- Read
keda topic literal payments.v1,remittances.v1 Describe
keda group literal {{ $group }} Describe
{{- end -}}
