{{/* The labels of this release, on every object but not on pods: they change with each version. */}}
{{- define "inventory.labels" -}}
app.kubernetes.io/instance: {{ .Release.Name | quote }}
app.kubernetes.io/managed-by: {{ .Release.Service | quote }}
app.kubernetes.io/version: {{ .Chart.AppVersion | quote }}
helm.sh/chart: {{ printf "%s-%s" .Chart.Name .Chart.Version | replace "+" "_" | quote }}
{{- end }}

{{/* (list chart manifest): the manifest with these labels. */}}
{{- define "inventory.labelled" -}}
{{- $labels := include "inventory.labels" (index . 0) | fromYaml }}
{{- mergeOverwrite (index . 1) (dict "metadata" (dict "labels" $labels)) | toYaml }}
{{- end }}

{{/* (list chart image) */}}
{{- define "inventory.image" -}}
{{- $chart := index . 0 }}{{ $image := index . 1 }}
{{- with $image.registry | default $chart.Values.image.registry }}{{ . }}/{{ end }}
{{- $image.repository }}:{{ $image.tag | default $chart.Values.image.tag | default $chart.Chart.AppVersion }}
{{- end }}

{{- define "inventory.secretName" -}}
{{ .Values.existingSecret | default "inventory-secrets" }}
{{- end }}

{{/* (list chart name): the value of a secret; a missing one stops Helm with its name. */}}
{{- define "inventory.secret" -}}
{{- $name := index . 1 }}
{{- $value := index (index . 0).Values.secrets $name | required (printf "secrets.%s is missing from the values (or name an existingSecret that has it)" $name) }}
{{- if and (hasSuffix "-password" $name) (not (regexMatch "^[A-Za-z0-9]+$" $value)) }}
{{- fail (printf "secrets.%s becomes a part of connection strings: letters and digits only" $name) }}
{{- end }}
{{- $value }}
{{- end }}

{{/* (list chart component): what the component's config map holds. */}}
{{- define "inventory.config" -}}
{{- $chart := index . 0 }}
{{- $manifest := $chart.Files.Get (printf "manifests/%s/configmap.yaml" (index . 1)) | fromYaml }}
{{- range $key, $value := $manifest.data }}
{{ $key }}: {{ tpl $value $chart | quote }}
{{- end }}
{{- end }}

{{/* (list chart container): changes with the secrets that the container is given. */}}
{{- define "inventory.secretsChecksum" -}}
{{- $chart := index . 0 }}{{ $used := dict "existing" $chart.Values.existingSecret }}
{{- if not $chart.Values.existingSecret }}
{{- range (index . 1).env }}
{{- with dig "valueFrom" "secretKeyRef" "key" "" . }}{{ $_ := set $used . (include "inventory.secret" (list $chart .)) }}{{ end }}
{{- end }}
{{- end }}
{{- $used | toJson | sha256sum }}
{{- end }}

{{/* (list chart manifest): the manifest's pod with all that values say of it. */}}
{{- define "inventory.pod" -}}
{{- $chart := index . 0 }}{{ $manifest := index . 1 }}
{{- $pod := $manifest.spec.template }}
{{- $container := first $pod.spec.containers }}
{{- $values := index $chart.Values.workloads $manifest.metadata.name }}
{{- $overlay := include "inventory.container" (list $chart $container $values) | fromYaml }}
{{- $_ := set $pod.spec "containers" (list (mergeOverwrite $container $overlay)) }}
{{- $annotations := include "inventory.checksums" (list $chart $manifest.metadata.name $container) | fromYaml }}
{{- $_ = set $pod.metadata "annotations" $annotations }}
{{- with $chart.Values.imagePullSecrets }}
{{- $names := list }}
{{- range . }}{{ $names = append $names (dict "name" .) }}{{ end }}
{{- $_ = set $pod.spec "imagePullSecrets" $names }}
{{- end }}
{{- $pod | toYaml }}
{{- end }}

{{/* Changed values restart the pods that have them. */}}
{{- define "inventory.checksums" -}}
checksum/config: {{ include "inventory.config" (list (index . 0) (index . 1)) | sha256sum }}
checksum/secrets: {{ include "inventory.secretsChecksum" (list (index . 0) (index . 2)) }}
{{- end }}

{{- define "inventory.container" -}}
{{- $chart := index . 0 }}{{ $container := index . 1 }}{{ $values := index . 2 }}
image: {{ include "inventory.image" (list $chart $values.image) | quote }}
imagePullPolicy: {{ $chart.Values.image.pullPolicy }}
resources:
  {{- toYaml $values.resources | nindent 2 }}
{{- with $container.args }}
args:
  {{- range . }}
  - {{ tpl . $chart | quote }}
  {{- end }}
{{- end }}
{{- with $container.env }}
env:
  {{- range . }}
  - name: {{ .name }}
    {{- with dig "valueFrom" "secretKeyRef" "key" "" . }}
    valueFrom:
      secretKeyRef:
        name: {{ include "inventory.secretName" $chart }}
        key: {{ . }}
    {{- end }}
    {{- with dig "valueFrom" "fieldRef" "fieldPath" "" . }}
    valueFrom:
      fieldRef:
        fieldPath: {{ . }}
    {{- end }}
    {{- with .value }}
    value: {{ tpl . $chart | quote }}
    {{- end }}
  {{- end }}
{{- end }}
{{- end }}
