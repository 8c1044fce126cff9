using Inventory.Cassandra;
using Inventory.Cassandra.Errors;
using Inventory.Contracts.Stocks;

namespace Inventory.QueryApi.Caching;

/// <summary>
/// Holds back the port, for a moment at most, until a first read has gone all the way: connections made, statements
/// prepared, code loaded. The first client then waits for none of it. Without a Cassandra the service starts all the same
/// and says that it is not ready.
/// </summary>
internal sealed partial class FirstRead(
    IStockReader source, CachedStockReader reader, TimeProvider time, ILogger<FirstRead> logger) : IHostedService
{
    // Longer than it takes when Cassandra is up, short enough that nobody takes the service for dead when it is not.
    private static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(400);

    // No shop has it. Not the largest there is, which somebody may try: that it is not on record stays held for a moment.
    private static readonly StockKey Key = new(long.MaxValue - 1, int.MaxValue - 1);

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        // Nothing else has connections to wait for.
        if (source is not CassandraClient client)
        {
            return;
        }

        try
        {
            await client.WaitUntilReadyAsync(cancellationToken).WaitAsync(Patience, time, cancellationToken);
            await reader.FindFreshAsync(Key).AsTask().WaitAsync(Patience, time, cancellationToken);
        }
        catch (Exception exception) when (exception is TimeoutException or CassandraException)
        {
            LogNotReady(exception.Message);
        }
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    [LoggerMessage(LogLevel.Warning, "Starting before Cassandra answers: {Reason}")]
    private partial void LogNotReady(string reason);
}
