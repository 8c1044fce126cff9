namespace Inventory.AppHost.Full.Kubernetes.Scaling;

/// <summary>Texts where Kubernetes wants numbers and lists: Helm puts the values there.</summary>
internal sealed class ScaledObjectSpec
{
    public required ScaleTarget ScaleTargetRef { get; init; }

    public string MinReplicaCount { get; } = "{{ .Values.autoscaling.minReplicas | int }}";

    public string MaxReplicaCount { get; } = "{{ .Values.autoscaling.maxReplicas | int }}";

    /// <summary>In seconds.</summary>
    public int PollingInterval { get; } = 5;

    /// <summary>In seconds.</summary>
    public int CooldownPeriod { get; } = 300;

    /// <remarks>In the form of a condition because only such a text is written without quotes.</remarks>
    public string Triggers { get; } =
        "{{ if .Values.autoscaling.triggers }}{{ toYaml .Values.autoscaling.triggers | nindent 4 }}{{ end }}";
}
