using Inventory.Cassandra;
using Inventory.Contracts;
using Microsoft.Extensions.Logging.Abstractions;

namespace Inventory.Tools.Endpoints;

/// <summary>The Cassandra of the running system.</summary>
internal static class CassandraConnection
{
    private static readonly TimeSpan ConnectTimeout = TimeSpan.FromSeconds(15);

    // What a quorum has acknowledged, a quorum returns: a replica that is being repaired is no difference.
    private static readonly CassandraOptions Options = new() { ReadConsistency = CassandraConsistency.LocalQuorum };

    /// <exception cref="ToolException">No node answers.</exception>
    public static Task<CassandraClient> OpenAsync(RunningSystem system, TimeProvider time, CancellationToken cancellationToken) =>
        ConnectAsync(
            system,
            (parsed, token) => CassandraClient.ConnectAsync(parsed, Options, NullLoggerFactory.Instance, time, token),
            cancellationToken);

    /// <inheritdoc cref="OpenAsync"/>
    public static Task<StockInspector> InspectAsync(RunningSystem system, TimeProvider time, CancellationToken cancellationToken) =>
        ConnectAsync(
            system,
            (parsed, token) => StockInspector.ConnectAsync(parsed, Options, NullLoggerFactory.Instance, time, token),
            cancellationToken);

    private static async Task<T> ConnectAsync<T>(
        RunningSystem system,
        Func<CassandraConnectionString, CancellationToken, Task<T>> connectAsync,
        CancellationToken cancellationToken)
    {
        var parsed = CassandraConnectionString.Parse(system.ConnectionString(ResourceNames.Keyspace));
        using var timeout = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        timeout.CancelAfter(ConnectTimeout);
        try
        {
            return await connectAsync(parsed, timeout.Token);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw new ToolException($"No Cassandra node of {parsed} answered within {ConnectTimeout.TotalSeconds} s.");
        }
    }
}
