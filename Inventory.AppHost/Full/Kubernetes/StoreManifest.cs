using Aspire.Hosting.Kubernetes.Resources;
using Inventory.Contracts;
using Inventory.Contracts.Composition;

namespace Inventory.AppHost.Full.Kubernetes;

/// <summary>
/// How a store runs inside the chart: one node with a durable volume. That is for trying out and for tests; production
/// puts the operators' clusters of <c>deploy/</c> in its place.
/// </summary>
internal sealed record StoreManifest
{
    public required string Component { get; init; }

    public required string Volume { get; init; }

    public required string Capacity { get; init; }

    /// <summary>The user of the image, by number: that it is not root must be known before it starts.</summary>
    public required long User { get; init; }

    public required string CpuRequest { get; init; }

    public required string Memory { get; init; }

    /// <summary>False where the image's entry point writes its configuration into its own file system.</summary>
    public bool ReadOnlyRoot { get; init; }

    /// <summary>Folders in memory where the server must write besides its volume.</summary>
    public IReadOnlyList<string> Scratch { get; init; } = [];

    /// <summary>What a probe does. Made anew each time: an object in two places is written as a reference to the first.</summary>
    public required Func<ProbeV1> Probe { get; init; }

    public static StoreManifest Postgres { get; } = new()
    {
        Component = ResourceNames.Postgres,
        Volume = StoreVolumes.Postgres,
        Capacity = "20Gi",
        User = 999,
        CpuRequest = "500m",
        Memory = "1Gi",
        ReadOnlyRoot = true,
        Scratch = ["/tmp", "/var/run/postgresql"],
        Probe = () => new() { Exec = new() { Command = { "pg_isready", "-U", "postgres", "-h", "127.0.0.1" } } },
    };

    public static StoreManifest Kafka { get; } = new()
    {
        Component = ResourceNames.Kafka,
        Volume = StoreVolumes.Kafka,
        Capacity = "20Gi",
        User = 1000,
        CpuRequest = "500m",
        Memory = "1536Mi",
        Probe = () => new() { TcpSocket = new() { Port = StorePorts.Kafka } },
    };

    public static StoreManifest Cassandra { get; } = new()
    {
        Component = ResourceNames.Cassandra,
        Volume = StoreVolumes.Cassandra,
        Capacity = "20Gi",
        User = 999,
        CpuRequest = "1",
        Memory = "3Gi",
        Probe = () => new() { TcpSocket = new() { Port = StorePorts.Cassandra } },
    };
}
