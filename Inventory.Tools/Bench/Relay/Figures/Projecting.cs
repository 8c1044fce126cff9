using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Confluent.Kafka;
using Inventory.Cassandra;
using Inventory.Contracts;
using Inventory.Contracts.Events;
using Inventory.Contracts.Stocks;
using Inventory.Tools.Kafka;

namespace Inventory.Tools.Bench.Relay.Figures;

/// <summary>
/// <c>relay.project</c>: events per second from Kafka into Cassandra, against a loop that awaits the write of each event.
/// Both are up and have nothing to do when the events come; both end when the last event of every partition is readable.
/// </summary>
internal sealed class Projecting : IRelayFigure
{
    private const int Events = 60_000;
    private const int WarmUpEvents = 20_000;
    private const int PeerEvents = 5_000;
    private const int PeerWarmUpEvents = 2_000;

    // Enough that few events of a batch are of one key: what collapsing saves is not what is measured here.
    private const int Keys = 100_000;

    private const string Group = "inventory-projector";

    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(2);

    private readonly Random _random = new(1);
    private long _version = 1_700_000_000_000_000;

    public string Name => "relay.project";

    public async Task<IReadOnlyList<FigureResult>> MeasureAsync(
        RelayBenchSystem system, int rounds, CancellationToken cancellationToken)
    {
        var kafka = (await system.KafkaAsync(cancellationToken)).BootstrapServers;
        var cassandra = await system.CassandraAsync(cancellationToken);
        var (ours, theirs) = (new List<double>(), new List<double>());
        for (var round = 0; round < rounds; round++)
        {
            ours.Add(await MeasureRelayAsync(system, kafka, cassandra, cancellationToken));
            theirs.Add(await MeasurePeerAsync(kafka, cassandra, cancellationToken));
        }

        var result = FigureResult.Against(Name, "events/s", ours, "one awaited write per event", theirs, least: 5);
        return
        [
            result with
            {
                Note = string.Create(
                    CultureInfo.InvariantCulture, $"{Events} events (peer {PeerEvents}) of {Keys} keys, both tables"),
            },
        ];
    }

    private async Task<double> MeasureRelayAsync(
        RelayBenchSystem system, string kafka, CassandraClient cassandra, CancellationToken cancellationToken)
    {
        SkipToEnd(kafka);
        await using var relay = await system.StartRelayAsync(
            new Dictionary<string, string?> { ["Relay:Roles"] = "Projector" }, cancellationToken);
        await relay.WaitUntilReadyAsync(cancellationToken);
        await WaitAsync(cassandra, Produce(kafka, WarmUpEvents), cancellationToken);

        var began = Stopwatch.GetTimestamp();
        await WaitAsync(cassandra, Produce(kafka, Events), cancellationToken);
        return Events / Stopwatch.GetElapsedTime(began).TotalSeconds;
    }

    private async Task<double> MeasurePeerAsync(
        string kafka, CassandraClient cassandra, CancellationToken cancellationToken)
    {
        using var consumer = AssignAtEnd(kafka);
        _ = Produce(kafka, PeerWarmUpEvents);
        await ConsumeAsync(consumer, cassandra, PeerWarmUpEvents, cancellationToken);

        var began = Stopwatch.GetTimestamp();
        _ = Produce(kafka, PeerEvents);
        await ConsumeAsync(consumer, cassandra, PeerEvents, cancellationToken);
        return PeerEvents / Stopwatch.GetElapsedTime(began).TotalSeconds;
    }

    // The usual projector: one event after the other.
    private static async Task ConsumeAsync(
        IConsumer<string, byte[]> consumer, CassandraClient cassandra, int events, CancellationToken cancellationToken)
    {
        for (var done = 0; done < events;)
        {
            if (consumer.Consume(KafkaConnection.Timeout) is { IsPartitionEOF: false } message)
            {
                var change = JsonSerializer.Deserialize(message.Message.Value, EventJson.Default.StockChangedEvent)!.Data;
                await cassandra.WriteAsync(change.ToKey(), change.ToLevel(), cancellationToken);
                done++;
            }
        }
    }

    /// <returns>The last event of every partition.</returns>
    private List<StockChanged> Produce(string kafka, int count)
    {
        using var producer = KafkaConnection.Producer(kafka);
        var last = new Dictionary<int, StockChanged>();
        for (var index = 0; index < count; index++)
        {
            var change = new StockChanged(
                1 + _random.NextInt64(Keys),
                1,
                index,
                ++_version,
                DateTimeOffset.UtcNow,
                new StockChangeCause(StockChangeCauses.OrderPlaced, Guid.Empty));
            producer.Produce(
                ResourceNames.StockChangesTopic,
                new Message<string, byte[]>
                {
                    Key = change.ToKey().ToString(),
                    Value = JsonSerializer.SerializeToUtf8Bytes(
                        StockChangedEvent.From(change, traceParent: null), EventJson.Default.StockChangedEvent),
                },
                report => last[report.Partition.Value] = change);
        }

        producer.Flush(KafkaConnection.Timeout);
        return [.. last.Values];
    }

    private static async Task WaitAsync(
        CassandraClient cassandra, List<StockChanged> last, CancellationToken cancellationToken)
    {
        foreach (var change in last)
        {
            while (await VersionAsync(cassandra, change.ToKey(), cancellationToken) < change.Version)
            {
                await Task.Delay(Pause, cancellationToken);
            }
        }
    }

    private static async Task<long> VersionAsync(CassandraClient cassandra, StockKey key, CancellationToken cancellationToken) =>
        (await cassandra.ReadAsync(key, cancellationToken))?.Version ?? 0;

    // What the peer was given is not for the relay.
    private static void SkipToEnd(string kafka)
    {
        using var consumer = KafkaConnection.Consumer(kafka, Group);
        consumer.Commit(Ends(consumer));
    }

    private static IConsumer<string, byte[]> AssignAtEnd(string kafka)
    {
        var consumer = KafkaConnection.Consumer(kafka);
        consumer.Assign(Ends(consumer));
        return consumer;
    }

    private static List<TopicPartitionOffset> Ends(IConsumer<string, byte[]> consumer)
    {
        using var admin = new DependentAdminClientBuilder(consumer.Handle).Build();
        return admin.GetMetadata(ResourceNames.StockChangesTopic, KafkaConnection.Timeout).Topics.Single().Partitions
            .Select(partition => new TopicPartition(ResourceNames.StockChangesTopic, partition.PartitionId))
            .Select(partition => new TopicPartitionOffset(
                partition, consumer.QueryWatermarkOffsets(partition, KafkaConnection.Timeout).High))
            .ToList();
    }
}
