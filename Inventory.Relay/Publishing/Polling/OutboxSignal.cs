using Npgsql;

namespace Inventory.Relay.Publishing.Polling;

/// <summary>Waits for the writers' notification that something was committed, on a connection of its own.</summary>
internal sealed partial class OutboxSignal(NpgsqlDataSource dataSource, ILogger<OutboxSignal> logger) : IAsyncDisposable
{
    private readonly RetryDelay _retryDelay = new();
    private NpgsqlConnection? _connection;

    /// <summary>
    /// Waits for a notification, or that long. What was notified since the last call counts. A call that has just begun to
    /// listen returns at once: what was committed shortly before was notified to nobody, so the caller has to look again.
    /// </summary>
    public async Task WaitAsync(TimeSpan atMost, CancellationToken cancellationToken)
    {
        try
        {
            if (_connection is null)
            {
                _connection = await ListenAsync(cancellationToken);
                return;
            }

            await _connection.WaitAsync(atMost, cancellationToken);
            _retryDelay.Reset();
        }
        catch (NpgsqlException exception)
        {
            LogDeaf(exception);
            await DisposeAsync();
            var delay = _retryDelay.Next();
            await Task.Delay(delay < atMost ? delay : atMost, cancellationToken);
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (_connection is { } connection)
        {
            _connection = null;
            await using (connection)
            {
                await StopListeningAsync(connection);
            }
        }
    }

    // The connection goes back into the pool as it is.
    private static async Task StopListeningAsync(NpgsqlConnection connection)
    {
        try
        {
            await using var unlisten = new NpgsqlCommand("UNLISTEN outbox", connection);
            await unlisten.ExecuteNonQueryAsync();
        }
        catch (Exception exception) when (exception is NpgsqlException or InvalidOperationException)
        {
            // It is broken, and the pool throws it away.
        }
    }

    private async Task<NpgsqlConnection> ListenAsync(CancellationToken cancellationToken)
    {
        var connection = await dataSource.OpenConnectionAsync(cancellationToken);
        try
        {
            await using var listen = new NpgsqlCommand("LISTEN outbox", connection);
            await listen.ExecuteNonQueryAsync(cancellationToken);
            return connection;
        }
        catch
        {
            await connection.DisposeAsync();
            throw;
        }
    }

    [LoggerMessage(LogLevel.Warning, "The publisher hears no notifications; it looks into the outbox by the clock.")]
    private partial void LogDeaf(Exception exception);
}
