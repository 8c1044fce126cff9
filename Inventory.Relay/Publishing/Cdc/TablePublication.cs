using System.Data;
using Inventory.Relay.Publishing.Sending;
using Npgsql;

namespace Inventory.Relay.Publishing.Cdc;

/// <summary>
/// Publishes the table as it was at the very point of the log where a new slot begins: what was committed before is in
/// the table until Kafka has it, what was committed after comes through the slot, and nothing comes both ways.
/// </summary>
internal sealed class TablePublication(NpgsqlDataSource dataSource)
{
    /// <param name="snapshot">Exported by the connection that made the slot; as that one stays idle, it stays valid.</param>
    /// <param name="window">Empty, and settled meanwhile.</param>
    /// <param name="cancellationToken">Ends it in the middle.</param>
    /// <returns>How many rows there were; all of them are in Kafka.</returns>
    public async Task<long> PublishAsync(string snapshot, SendWindow window, CancellationToken cancellationToken)
    {
        await using var connection = await dataSource.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(IsolationLevel.RepeatableRead, cancellationToken);

        // The statement takes no parameters. The name is Postgres's own.
        await using (var take = new NpgsqlCommand($"SET TRANSACTION SNAPSHOT '{snapshot}'", connection))
        {
            await take.ExecuteNonQueryAsync(cancellationToken);
        }

        var count = 0L;
        await foreach (var row in OutboxRows.ReadAllAsync(connection, cancellationToken))
        {
            await window.SendAsync(row, cancellationToken);
            count++;
        }

        await window.WaitUntilEmptyAsync(cancellationToken);
        return count;
    }
}
