using System.Text.Json;
using Confluent.Kafka;
using FsCheck;
using FsCheck.Fluent;
using Inventory.Cassandra;
using Inventory.Contracts.Events;
using Inventory.Contracts.Stocks;
using Inventory.Relay.Projection;
using Inventory.Relay.Telemetry;
using Inventory.Tests.QueryApi;
using Inventory.Tests.Servers;
using Microsoft.Extensions.Logging.Abstractions;

namespace Inventory.Tests.Relay;

/// <summary>What the projection makes of a topic that is delivered in any order and as often as it likes.</summary>
public sealed class ProjectionTests(RealServers servers)
{
    private const int Keys = 3;

    private static long _nextItem = 1;

    [Fact]
    public async Task Duplicates_reordering_and_a_replay_from_zero_end_in_the_newest_version_of_every_key()
    {
        await using var keyspace = await TestKeyspace.CreateAsync(await servers.CassandraAsync());
        using var producer = new ProducerBuilder<string, byte[]>(new ProducerConfig { BootstrapServers = "127.0.0.1:1" })
            .SetLogHandler((_, _) => { })
            .Build();
        using var telemetry = new RelayTelemetry();
        var projector = new Projector(
            keyspace.Client,
            new DeadLetters(producer, telemetry, NullLogger<DeadLetters>.Instance),
            telemetry,
            TimeProvider.System,
            NullLogger<Projector>.Instance);

        Prop.ForAll(Topics().ToArbitrary(), topic => RunAsync(keyspace.Client, projector, topic).GetAwaiter().GetResult())
            .Check(FsCheck.Config.QuickThrowOnFailure.WithMaxTest(20));
    }

    private static async Task RunAsync(CassandraClient cassandra, Projector projector, (int Key, int Version)[] topic)
    {
        var firstItem = Interlocked.Add(ref _nextItem, Keys);
        var messages = topic.Select((sent, offset) => Message(firstItem + sent.Key, sent.Version, offset)).ToArray();
        foreach (var batch in messages.Chunk(7).Concat(messages.Chunk(4)))
        {
            await projector.ApplyAsync(batch, TestContext.Current.CancellationToken);
        }

        foreach (var sent in topic.GroupBy(sent => firstItem + sent.Key))
        {
            var newest = sent.Max(each => each.Version);
            var key = new StockKey(sent.Key, 1);
            var expected = Level(newest);
            Assert.Equal(expected, await cassandra.ReadAsync(key, TestContext.Current.CancellationToken));
            var row = Assert.Single(await cassandra.ReadItemAsync(sent.Key, TestContext.Current.CancellationToken));
            Assert.Equal(new StockRow(key, expected), row);
        }
    }

    private static Gen<(int Key, int Version)[]> Topics() =>
        (from key in Gen.Choose(0, Keys - 1)
         from version in Gen.Choose(1, 12)
         select (key, version)).ArrayOf(25);

    // The count belongs to the version, as it does in Postgres.
    private static StockLevel Level(int version) =>
        new(version * 10, version, DateTimeOffset.UnixEpoch.AddMilliseconds(version));

    private static ConsumeResult<string, byte[]> Message(long item, int version, int offset)
    {
        var level = Level(version);
        var change = new StockChanged(
            item, 1, level.StockCount, level.Version, level.UpdatedAt, new(StockChangeCauses.OrderPlaced, Guid.Empty));
        return new ConsumeResult<string, byte[]>
        {
            Topic = "topic",
            Partition = 0,
            Offset = offset,
            Message = new Message<string, byte[]>
            {
                Key = change.ToKey().ToString(),
                Value = JsonSerializer.SerializeToUtf8Bytes(
                    StockChangedEvent.From(change, traceParent: null), EventJson.Default.StockChangedEvent),
            },
        };
    }
}
