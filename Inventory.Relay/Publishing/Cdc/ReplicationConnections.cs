using Inventory.Contracts;
using Npgsql;
using Npgsql.Replication;

namespace Inventory.Relay.Publishing.Cdc;

/// <summary>Connections that speak the replication protocol, to the database that the relay's connection string names.</summary>
internal sealed class ReplicationConnections(IConfiguration configuration)
{
    // A slot is made when every transaction that runs at the moment has ended.
    private const int CommandTimeoutSeconds = 60;

    // A server that is silent for so long is gone; it is asked for a sign of life after half of it.
    private static readonly TimeSpan ServerTimeout = TimeSpan.FromSeconds(10);

    private static readonly TimeSpan StatusInterval = TimeSpan.FromSeconds(1);

    public async Task<LogicalReplicationConnection> OpenAsync(CancellationToken cancellationToken)
    {
        var given = configuration.GetConnectionString(ResourceNames.Database)
            ?? throw new InvalidOperationException($"ConnectionStrings:{ResourceNames.Database} is missing.");
        var connectionString = new NpgsqlConnectionStringBuilder(given)
        {
            ApplicationName = "inventory-relay replication",
            CommandTimeout = CommandTimeoutSeconds,
        };
        var connection = new LogicalReplicationConnection(connectionString.ConnectionString)
        {
            WalReceiverTimeout = ServerTimeout,
            WalReceiverStatusInterval = StatusInterval,
        };
        try
        {
            await connection.Open(cancellationToken);
            return connection;
        }
        catch
        {
            await connection.DisposeAsync();
            throw;
        }
    }
}
