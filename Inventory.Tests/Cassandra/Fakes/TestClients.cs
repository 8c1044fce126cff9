using Inventory.Cassandra;
using Microsoft.Extensions.Logging.Abstractions;

namespace Inventory.Tests.Cassandra.Fakes;

/// <summary>Clients with delays that suit tests.</summary>
internal static class TestClients
{
    public static CassandraOptions Options(Action<CassandraOptions>? change = null)
    {
        var options = new CassandraOptions
        {
            ConnectionsPerNode = 1,
            ReconnectBaseDelay = TimeSpan.FromMilliseconds(20),
            ReconnectMaxDelay = TimeSpan.FromMilliseconds(200),
            // Servers start cold here, on few cores.
            ReadTimeout = TimeSpan.FromSeconds(15),
            WriteTimeout = TimeSpan.FromSeconds(15),
            SpeculativePercentile = 1,
        };
        change?.Invoke(options);
        return options;
    }

    public static async Task<CassandraClient> ConnectAsync(
        CassandraConnectionString connectionString,
        Action<CassandraOptions>? change = null)
    {
        using var deadline = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        return await CassandraClient.ConnectAsync(
            connectionString, Options(change), NullLoggerFactory.Instance, TimeProvider.System, deadline.Token);
    }

    public static Task<CassandraClient> ConnectAsync(FakeNode node, Action<CassandraOptions>? change = null) =>
        ConnectAsync(node.ConnectionString, change);
}
