{{/*
A service's Deployment. Arguments: root, component (the image's word for it), key (its values' name), service (its values),
replicas (nil: not rendered), strategy, liveness (failures that are borne), ports (a list of name and number), annotations.
*/}}
{{- define "cordon.deployment" -}}
{{- $root := .root -}}
apiVersion: apps/v1
kind: Deployment
metadata:
  name: {{ include "cordon.fullname" $root }}-{{ .component }}
  namespace: {{ $root.Release.Namespace }}
  labels: {{- include "cordon.labels" . | nindent 4 }}
  {{- with .annotations }}
  annotations: {{- toYaml . | nindent 4 }}
  {{- end }}
spec:
  {{- if not (kindIs "invalid" .replicas) }}
  replicas: {{ .replicas }}
  {{- end }}
  minReadySeconds: {{ .minReadySeconds | default 0 }}
  strategy: {{- toYaml .strategy | nindent 4 }}
  selector:
    matchLabels: {{- include "cordon.selector" . | nindent 6 }}
  template:
    metadata:
      labels:
        {{- include "cordon.labels" . | nindent 8 }}
        {{- with $root.Values.podLabels }}
        {{- toYaml . | nindent 8 }}
        {{- end }}
      annotations:
        kubectl.kubernetes.io/default-container: {{ .component }}
        {{- with $root.Values.podAnnotations }}
        {{- toYaml . | nindent 8 }}
        {{- end }}
    spec:
      serviceAccountName: {{ include "cordon.serviceAccount" $root }}
      automountServiceAccountToken: false
      # Else a Service called redis or kafka would set REDIS_PORT and the like.
      enableServiceLinks: false
      # Longer than the 30 s within which a service finishes what is in hand.
      terminationGracePeriodSeconds: 45
      securityContext:
        runAsNonRoot: true
        seccompProfile: { type: RuntimeDefault }
        {{- range $name, $value := $root.Values.podSecurityContext }}
        {{- if not (kindIs "invalid" $value) }}
        {{ $name }}: {{ $value | int64 }}
        {{- end }}
        {{- end }}
      {{- with $root.Values.imagePullSecrets }}
      imagePullSecrets: {{- toYaml . | nindent 8 }}
      {{- end }}
      {{- with $root.Values.priorityClassName }}
      priorityClassName: {{ . }}
      {{- end }}
      {{- if .service.topologySpread }}
      topologySpreadConstraints:
        {{- range list "topology.kubernetes.io/zone" "kubernetes.io/hostname" }}
        - topologyKey: {{ . }}
          maxSkew: 1
          whenUnsatisfiable: ScheduleAnyway
          # Old and new pods of a rollout are spread each for itself.
          matchLabelKeys: [pod-template-hash]
          labelSelector:
            matchLabels: {{- include "cordon.selector" $ | nindent 14 }}
        {{- end }}
      {{- end }}
      containers:
        - name: {{ .component }}
          image: {{ include "cordon.image" $root }}
          imagePullPolicy: {{ $root.Values.image.pullPolicy }}
          args: [{{ .component }}]
          env: {{- include "cordon.environment" . | nindent 12 }}
          ports:
            - { name: metrics, containerPort: 9464 }
            {{- range .ports }}
            - { name: {{ .name }}, containerPort: {{ .number }} }
            {{- end }}
          # /healthz needs nothing outside; a service that waits for Kafka or Redis is not ready, and not restarted.
          startupProbe:
            httpGet: { path: /healthz, port: metrics }
            periodSeconds: 2
            failureThreshold: 60
            timeoutSeconds: 5
          livenessProbe:
            httpGet: { path: /healthz, port: metrics }
            periodSeconds: 20
            failureThreshold: {{ .liveness }}
            timeoutSeconds: 10
          readinessProbe:
            httpGet: { path: /readyz, port: metrics }
            periodSeconds: 5
            failureThreshold: 3
            timeoutSeconds: 5
          resources: {{- toYaml .service.resources | nindent 12 }}
          securityContext:
            allowPrivilegeEscalation: false
            readOnlyRootFilesystem: true
            capabilities: { drop: [ALL] }
          volumeMounts: {{- include "cordon.mounts" . | nindent 12 }}
      volumes: {{- include "cordon.volumes" . | nindent 8 }}
      {{- with $root.Values.nodeSelector }}
      nodeSelector: {{- toYaml . | nindent 8 }}
      {{- end }}
      {{- with $root.Values.affinity }}
      affinity: {{- toYaml . | nindent 8 }}
      {{- end }}
      {{- with $root.Values.tolerations }}
      tolerations: {{- toYaml . | nindent 8 }}
      {{- end }}
{{- end -}}
