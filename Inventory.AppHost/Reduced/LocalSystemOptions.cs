using Inventory.Servers.Host;

namespace Inventory.AppHost.Reduced;

/// <summary>How the system is to run on this machine.</summary>
internal sealed record LocalSystemOptions
{
    /// <summary>Data, logs and configuration of the run.</summary>
    public required string Directory { get; init; }

    /// <summary>Go on with the data of the last run in this folder.</summary>
    public bool Reuse { get; init; }

    /// <summary>Of the stock changes, in Kafka.</summary>
    public int TopicPartitions { get; init; } = LocalStores.TopicPartitions;

    /// <summary>0 for any free port.</summary>
    public int GatewayPort { get; init; }

    /// <summary>Null for no dashboard.</summary>
    public int? DashboardPort { get; init; }

    /// <summary>Where telemetry goes instead of the dashboard: an OTLP endpoint that takes protobuf over HTTP.</summary>
    public Uri? TelemetryEndpoint { get; init; }

    /// <summary>More environment for every service.</summary>
    public IReadOnlyDictionary<string, string?> Environment { get; init; } = new Dictionary<string, string?>();

    public Action<string>? Progress { get; init; }
}
