using Npgsql;

namespace Inventory.Relay.Publishing.Polling;

/// <summary>Waits for the writers' notification that something was committed, on a connection of its own.</summary>
internal sealed partial class OutboxSignal(NpgsqlDataSource dataSource, ILogger<OutboxSignal> logger) : IAsyncDisposable
{
    private NpgsqlConnection? _connection;

    /// <summary>Waits for a notification, or that long. What was notified since the last call counts.</summary>
    public async Task WaitAsync(TimeSpan atMost, CancellationToken cancellationToken)
    {
        try
        {
            _connection ??= await ListenAsync(cancellationToken);
            await _connection.WaitAsync(atMost, cancellationToken);
        }
        catch (NpgsqlException exception)
        {
            LogDeaf(exception);
            await DisposeAsync();
            await Task.Delay(atMost, cancellationToken);
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (_connection is { } connection)
        {
            _connection = null;
            await connection.DisposeAsync();
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
