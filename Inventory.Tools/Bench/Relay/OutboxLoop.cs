using System.Text.Json;
using Confluent.Kafka;
using Inventory.Contracts;
using Inventory.Contracts.Events;
using Npgsql;

namespace Inventory.Tools.Bench.Relay;

/// <summary>
/// The usual outbox of .NET frameworks, the peer of the publisher's figures: lock up to 100 unsent rows, send each and wait
/// for Kafka, mark them as sent. On a table of its own, with the index that it needs; its client sends without delay.
/// </summary>
internal sealed class OutboxLoop(NpgsqlDataSource database, string bootstrapServers) : IDisposable
{
    public const string CreateSql = """
        CREATE TABLE IF NOT EXISTS usual_outbox (
            id bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY, vendor_item_id bigint, fulfillment_center_id integer,
            stock_count integer, version bigint, updated_at timestamptz, cause_type text, cause_id uuid, sent_at timestamptz);
        CREATE INDEX IF NOT EXISTS usual_outbox_unsent ON usual_outbox (id) WHERE sent_at IS NULL;
        """;

    private const int BatchSize = 100;

    private const string ClaimSql = """
        SELECT id, vendor_item_id, fulfillment_center_id, stock_count, version, updated_at, cause_type, cause_id
        FROM usual_outbox WHERE sent_at IS NULL ORDER BY id LIMIT 100 FOR UPDATE SKIP LOCKED
        """;

    private readonly IProducer<string, byte[]> _producer = new ProducerBuilder<string, byte[]>(new ProducerConfig
    {
        BootstrapServers = bootstrapServers,
        Acks = Acks.All,
        LingerMs = 0,
        Partitioner = Partitioner.Murmur2Random,
        ApiVersionRequest = false,
        BrokerVersionFallback = "0.9.0.1",
    }).Build();

    /// <summary>Sends until it is cancelled; after a batch that was not full it waits.</summary>
    public async Task RunAsync(TimeSpan interval, CancellationToken cancellationToken)
    {
        while (!cancellationToken.IsCancellationRequested)
        {
            if (await SendBatchAsync(cancellationToken) < BatchSize)
            {
                await Task.Delay(interval, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    /// <returns>How many rows were sent.</returns>
    public async Task<int> SendBatchAsync(CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        var rows = await ClaimAsync(connection, cancellationToken);
        foreach (var (_, change) in rows)
        {
            var value = JsonSerializer.SerializeToUtf8Bytes(
                StockChangedEvent.From(change, traceParent: null), EventJson.Default.StockChangedEvent);
            await _producer.ProduceAsync(
                ResourceNames.StockChangesTopic, new() { Key = change.ToKey().ToString(), Value = value }, cancellationToken);
        }

        await using var mark = new NpgsqlCommand("UPDATE usual_outbox SET sent_at = now() WHERE id = ANY ($1)", connection);
        mark.Parameters.Add(new() { Value = rows.Select(row => row.Id).ToArray() });
        await mark.ExecuteNonQueryAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return rows.Count;
    }

    public void Dispose() => _producer.Dispose();

    private static async Task<List<(long Id, StockChanged Change)>> ClaimAsync(
        NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(ClaimSql, connection);
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var rows = new List<(long, StockChanged)>();
        while (await reader.ReadAsync(cancellationToken))
        {
            rows.Add((reader.GetInt64(0), new StockChanged(
                reader.GetInt64(1),
                reader.GetInt32(2),
                reader.GetInt32(3),
                reader.GetInt64(4),
                reader.GetFieldValue<DateTimeOffset>(5),
                new StockChangeCause(reader.GetString(6), reader.GetGuid(7)))));
        }

        return rows;
    }
}
