namespace Inventory.Contracts.Composition;

/// <summary>Figures by which the system is scaled.</summary>
public static class MetricNames
{
    /// <summary>Of a pod of QueryApi, as the API server knows it (deploy/prometheus-adapter-values.yaml).</summary>
    public const string RequestsPerSecond = "http_server_requests_per_second";
}
