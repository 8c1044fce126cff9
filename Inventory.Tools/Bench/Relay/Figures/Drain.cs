using System.Globalization;

namespace Inventory.Tools.Bench.Relay.Figures;

/// <summary>
/// <c>relay.drain</c>: rows a second from 200,000 waiting rows into Kafka, behind others with which the process warms up.
/// </summary>
internal sealed class Drain : IRelayFigure
{
    private const int Rows = 200_000;

    // A relay that has just started compiles for five seconds and more; counted in, that was a third of the cores.
    private const int WarmUpRows = 100_000;

    // As many to a transaction as a busy group commit has.
    private const int RowsPerTransaction = 100;

    // The loop takes minutes for all of them, and is not faster at the end than at the beginning.
    private const int PeerBatches = 50;
    private const int PeerWarmUpBatches = 50;

    public string Name => "relay.drain";

    public async Task<IReadOnlyList<FigureResult>> MeasureAsync(
        RelayBenchSystem system, int rounds, CancellationToken cancellationToken)
    {
        var kafka = await system.KafkaAsync(cancellationToken);
        using var topic = new TopicEnd(kafka.BootstrapServers);
        await system.ExecuteAsync(OutboxLoop.CreateSql, cancellationToken);
        List<double> cdc = [], polling = [], peer = [];
        for (var round = 0; round < rounds; round++)
        {
            cdc.Add(await DrainAsync(system, topic, "Cdc", cancellationToken));
            polling.Add(await DrainAsync(system, topic, "Polling", cancellationToken));
            peer.Add(await DrainByLoopAsync(system, kafka.BootstrapServers, cancellationToken));
        }

        return
        [
            FigureResult.Against(Name, "rows/s", cdc, "the usual loop", peer, least: 10) with
            {
                Note = string.Create(
                    CultureInfo.InvariantCulture, $"by change data capture; by polling {Median.Of(polling):#,0} rows/s"),
            },
        ];
    }

    private static async Task<double> DrainAsync(
        RelayBenchSystem system, TopicEnd topic, string source, CancellationToken cancellationToken)
    {
        var settings = new Dictionary<string, string?> { ["Relay:Roles"] = "Publisher", ["Relay:Source"] = source };

        // Once without work: a new slot would take the rows from the table.
        await using (var relay = await system.StartRelayAsync(settings, cancellationToken))
        {
            await relay.WaitUntilReadyAsync(cancellationToken);
        }

        await FillAsync(system, "outbox", cancellationToken);
        var from = topic.Read() + WarmUpRows;
        await using (await system.StartRelayAsync(settings, cancellationToken))
        {
            var (first, firstAt, lastAt) = await topic.WatchAsync(from, from + Rows, cancellationToken);
            var rate = (from + Rows - first) / TimeProvider.System.GetElapsedTime(firstAt, lastAt).TotalSeconds;
            await Console.Error.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"  {source}: {rate:#,0} rows/s"));
            while (await system.ScalarAsync<bool>("SELECT EXISTS (SELECT FROM outbox)", cancellationToken))
            {
                await Task.Delay(50, cancellationToken);
            }

            return rate;
        }
    }

    private static async Task<double> DrainByLoopAsync(
        RelayBenchSystem system, string bootstrapServers, CancellationToken cancellationToken)
    {
        await FillAsync(system, "usual_outbox", cancellationToken);
        using var loop = new OutboxLoop(system.Database, bootstrapServers);
        for (var batch = 0; batch < PeerWarmUpBatches; batch++)
        {
            await loop.SendBatchAsync(cancellationToken);
        }

        var (sent, began) = (0, TimeProvider.System.GetTimestamp());
        for (var batch = 0; batch < PeerBatches; batch++)
        {
            sent += await loop.SendBatchAsync(cancellationToken);
        }

        var rate = sent / TimeProvider.System.GetElapsedTime(began).TotalSeconds;
        await system.ExecuteAsync("TRUNCATE usual_outbox", cancellationToken);
        await Console.Error.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"  the usual loop: {rate:#,0} rows/s"));
        return rate;
    }

    private static async Task FillAsync(RelayBenchSystem system, string table, CancellationToken cancellationToken)
    {
        var sql = OutboxRowsSql.Fill(table);
        for (var first = 1L; first <= WarmUpRows + Rows; first += RowsPerTransaction)
        {
            await system.ExecuteAsync(sql, cancellationToken, first, first + RowsPerTransaction - 1);
        }
    }
}
