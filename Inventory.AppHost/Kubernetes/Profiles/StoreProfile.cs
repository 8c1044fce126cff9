using Inventory.Contracts;
using Inventory.Contracts.Composition;
using k8s.Models;

namespace Inventory.AppHost.Kubernetes.Profiles;

/// <summary>
/// How a store runs inside the chart: one node with a durable volume. That is for trying out and for tests; production
/// puts the operators' clusters of <c>deploy/</c> in its place.
/// </summary>
internal sealed record StoreProfile
{
    /// <summary>Of the volume.</summary>
    public required string Capacity { get; init; }

    /// <summary>The user of the image, by number: that it is not root must be known before it starts.</summary>
    public required long User { get; init; }

    public required string CpuRequest { get; init; }

    public required string Memory { get; init; }

    /// <summary>False where the image's entry point writes its configuration into its own file system.</summary>
    public bool ReadOnlyRoot { get; init; }

    /// <summary>Folders in memory where the server must write besides its volume.</summary>
    public IReadOnlyList<string> Scratch { get; init; } = [];

    /// <summary>How to ask whether it is there.</summary>
    public required V1Probe Question { get; init; }

    /// <summary>The label of the operator's pods, which carry none of the chart's.</summary>
    public required (string Key, string Value) ExternalLabel { get; init; }

    public static IReadOnlyDictionary<string, StoreProfile> All { get; } = new Dictionary<string, StoreProfile>
    {
        [ResourceNames.Postgres] = new()
        {
            Capacity = "20Gi",
            User = 999,
            CpuRequest = "500m",
            Memory = "2Gi",
            ReadOnlyRoot = true,
            Scratch = ["/tmp", "/var/run/postgresql"],
            Question = new V1Probe { Exec = new V1ExecAction { Command = ["pg_isready", "-U", "postgres", "-h", "127.0.0.1"] } },
            ExternalLabel = (ExternalStores.PostgresLabel, ExternalStores.PostgresCluster),
        },
        [ResourceNames.Kafka] = new()
        {
            Capacity = "20Gi",
            User = 1000,
            CpuRequest = "500m",
            Memory = "1536Mi",
            Question = new V1Probe { TcpSocket = new V1TCPSocketAction { Port = StorePorts.Kafka } },
            ExternalLabel = (ExternalStores.KafkaLabel, ExternalStores.KafkaCluster),
        },
        [ResourceNames.Cassandra] = new()
        {
            Capacity = "20Gi",
            User = 999,
            CpuRequest = "1",
            Memory = "3Gi",
            Question = new V1Probe { TcpSocket = new V1TCPSocketAction { Port = StorePorts.Cassandra } },
            ExternalLabel = (ExternalStores.CassandraLabel, ExternalStores.CassandraCluster),
        },
    };
}
