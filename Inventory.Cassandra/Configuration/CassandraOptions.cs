using System.ComponentModel.DataAnnotations;

namespace Inventory.Cassandra;

/// <summary>The configuration section <c>Cassandra</c>: how the client behaves, whichever cluster it talks to.</summary>
public sealed class CassandraOptions
{
    public const string SectionName = "Cassandra";

    /// <summary>Which client is used; read when services are registered.</summary>
    public CassandraClientChoice Client { get; set; }

    public CassandraConsistency ReadConsistency { get; set; } = CassandraConsistency.LocalOne;

    public CassandraConsistency WriteConsistency { get; set; } = CassandraConsistency.LocalQuorum;

    /// <summary>How long a caller waits for a read, retries and the wait for a stream included.</summary>
    public TimeSpan ReadTimeout { get; set; } = TimeSpan.FromSeconds(2);

    public TimeSpan WriteTimeout { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>Of one page of a scan.</summary>
    public TimeSpan ScanTimeout { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>Of the TCP connection, and of each step of the handshake after it.</summary>
    public TimeSpan ConnectTimeout { get; set; } = TimeSpan.FromSeconds(5);

    [Range(1, 64)]
    public int ConnectionsPerNode { get; set; } = 2;

    /// <summary>Requests under way on one connection.</summary>
    [Range(1, 32768)]
    public int MaxRequestsInFlight { get; set; } = 2048;

    /// <summary>Requests of one connection that wait because so many are under way. One more is refused.</summary>
    [Range(0, 1_000_000)]
    public int MaxRequestsWaiting { get; set; } = 16384;

    /// <summary>How often a request is sent again, to another node or connection, after a failure that may pass.</summary>
    [Range(0, 10)]
    public int MaxRetries { get; set; } = 2;

    public TimeSpan ReconnectBaseDelay { get; set; } = TimeSpan.FromMilliseconds(100);

    public TimeSpan ReconnectMaxDelay { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>A connection on which nothing came for so long is asked whether it is alive.</summary>
    public TimeSpan HeartbeatInterval { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>The topology is read this often though no event came: whoever was to tell may have failed to.</summary>
    public TimeSpan TopologyRefreshInterval { get; set; } = TimeSpan.FromMinutes(1);

    /// <summary>
    /// A read that takes longer than this share of the recent ones is sent to a second replica too; 1 turns it off.
    /// </summary>
    [Range(0.5, 1.0)]
    public double SpeculativePercentile { get; set; } = 0.99;

    /// <summary>No second read before this, however fast the others are.</summary>
    public TimeSpan SpeculativeMinDelay { get; set; } = TimeSpan.FromMilliseconds(10);

    [Range(1, 100_000)]
    public int ScanPageSize { get; set; } = 5000;

    /// <summary>The longest frame accepted from a server.</summary>
    [Range(1024, 256 * 1024 * 1024)]
    public int MaxFrameBytes { get; set; } = 64 * 1024 * 1024;

    /// <summary>The newest protocol version to try: 3 or 4.</summary>
    [Range(3, 4)]
    public int MaxProtocolVersion { get; set; } = 4;

    public CassandraTlsOptions Tls { get; set; } = new();
}
