{{/* Names and labels. Selector labels never change: they are immutable in a Deployment. */}}
{{- define "cordon.name" -}}
{{- default .Chart.Name .Values.nameOverride | trunc 40 | trimSuffix "-" -}}
{{- end -}}

{{- define "cordon.fullname" -}}
{{- if .Values.fullnameOverride -}}
{{- .Values.fullnameOverride | trunc 40 | trimSuffix "-" -}}
{{- else if contains (include "cordon.name" .) .Release.Name -}}
{{- .Release.Name | trunc 40 | trimSuffix "-" -}}
{{- else -}}
{{- printf "%s-%s" .Release.Name (include "cordon.name" .) | trunc 40 | trimSuffix "-" -}}
{{- end -}}
{{- end -}}

{{/* Arguments: root, component. */}}
{{- define "cordon.selector" -}}
app.kubernetes.io/name: {{ include "cordon.name" .root }}
app.kubernetes.io/instance: {{ .root.Release.Name }}
app.kubernetes.io/component: {{ .component }}
{{- end -}}

{{- define "cordon.labels" -}}
{{ include "cordon.selector" . }}
app.kubernetes.io/version: {{ .root.Chart.AppVersion | quote }}
app.kubernetes.io/part-of: cordon
app.kubernetes.io/managed-by: {{ .root.Release.Service }}
helm.sh/chart: {{ printf "%s-%s" .root.Chart.Name .root.Chart.Version | replace "+" "_" }}
{{- end -}}

{{- define "cordon.serviceAccount" -}}
{{- if .Values.serviceAccount.create -}}
{{- default (include "cordon.fullname" .) .Values.serviceAccount.name -}}
{{- else -}}
{{- default "default" .Values.serviceAccount.name -}}
{{- end -}}
{{- end -}}

{{- define "cordon.image" -}}
{{- if .Values.image.digest -}}
{{ .Values.image.repository }}@{{ .Values.image.digest }}
{{- else -}}
{{ .Values.image.repository }}:{{ default .Chart.AppVersion .Values.image.tag }}
{{- end -}}
{{- end -}}

{{/* The services that are on, with spaces between. */}}
{{- define "cordon.components" -}}
{{- $on := list -}}
{{- if .Values.screener.enabled }}{{ $on = append $on "screener" }}{{ end -}}
{{- if .Values.listSync.enabled }}{{ $on = append $on "list-sync" }}{{ end -}}
{{- if .Values.secondLook.enabled }}{{ $on = append $on "second-look" }}{{ end -}}
{{- if .Values.canary.enabled }}{{ $on = append $on "canary" }}{{ end -}}
{{- if .Values.gateway.enabled }}{{ $on = append $on "gateway" }}{{ end -}}
{{- if .Values.desk.enabled }}{{ $on = append $on "desk" }}{{ end -}}
{{- join " " $on -}}
{{- end -}}
