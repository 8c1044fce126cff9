using System.Text.Json;
using Confluent.Kafka;
using Inventory.Cassandra;
using Inventory.Cassandra.Errors;
using Inventory.Contracts;
using Inventory.Contracts.Events;
using Inventory.Contracts.Stocks;
using Inventory.Relay.Reconciliation;
using Inventory.Tests.QueryApi;
using Inventory.Tests.Relay.Projection;
using Inventory.Tests.Servers;
using Inventory.Tests.Tools.Verification;
using Inventory.Tools;
using Inventory.Tools.Display;
using Inventory.Tools.Kafka;
using Inventory.Tools.Rebuild;
using Inventory.Tools.Verification;

namespace Inventory.Tests.Tools.Rebuild;

/// <summary>An empty keyspace is filled from a real Postgres or a real topic.</summary>
public sealed class RebuildTests(TwoStores stores, RealServers servers) : IClassFixture<TwoStores>, IAsyncLifetime
{
    private readonly TemporaryFolder _folder = new();
    private TestKeyspace _empty = null!;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _empty = await TestKeyspace.CreateAsync(await servers.CassandraAsync());

    public async ValueTask DisposeAsync()
    {
        await _empty.DisposeAsync();
        _folder.Dispose();
    }

    [Fact]
    public async Task An_empty_read_model_is_filled_from_postgres()
    {
        Assert.Equal(ExitCode.Success, await RunAsync("rebuild", "--rate", "0"));

        await using var inspector = await _empty.InspectAsync();
        var result = await new Verifier(
            new PostgresStock(stores.Postgres), inspector, new SilentDisplay(), TimeProvider.System, TimeSpan.Zero)
            .RunAsync(Cancellation);
        Assert.Null(result.Difference);
        Assert.False(File.Exists(Checkpoint.Path));
    }

    [Fact]
    public async Task What_the_relay_has_written_meanwhile_is_not_replaced()
    {
        var key = TwoStores.KeyAt(7);
        var newer = TwoStores.LevelOf(key) with { Version = TwoStores.LevelOf(key).Version + 1, StockCount = 1 };
        await _empty.Client.WriteAsync(key, newer, Cancellation);

        Assert.Equal(ExitCode.Success, await RunAsync("rebuild", "--rate", "0"));

        var read = await _empty.Client.ReadAsync(key, Cancellation);
        Assert.Equal((newer.Version, 1), (read!.Value.Version, read.Value.StockCount));
    }

    [Fact]
    public async Task An_interrupted_rebuild_goes_on_behind_what_cassandra_has_acknowledged()
    {
        var failAfter = 50;
        var failing = new ScriptedWriter(row => Interlocked.Decrement(ref failAfter) >= 0
            ? _empty.Client.WriteAsync(row.Key, row.Level, Cancellation).AsTask()
            : Task.FromException(new OperationCanceledException("Killed.")));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => RebuildAsync(failing, pageSize: 20));

        var reached = Checkpoint.Read(RebuildSource.Postgres, "target")!;
        Assert.Equal((40, TwoStores.KeyAt(39)), (reached.Done, reached.LastKey));
        Assert.Null(Checkpoint.Read(RebuildSource.Postgres, "another target"));
        Assert.Null(Checkpoint.Read(RebuildSource.Topic, "target"));

        var rest = new ScriptedWriter(row => _empty.Client.WriteAsync(row.Key, row.Level, Cancellation).AsTask());
        Assert.Equal(TwoStores.KeyCount - 40, await RebuildAsync(rest, pageSize: 20));
        Assert.DoesNotContain(rest.Acknowledged, row => row.Key <= TwoStores.KeyAt(39));
        foreach (var table in Enum.GetValues<StockTable>())
        {
            Assert.Equal(TwoStores.KeyCount, await _empty.Client.ScanAsync(table, Cancellation).CountAsync(Cancellation));
        }
    }

    [Fact]
    public async Task Bug_A_row_that_cassandra_refuses_does_not_end_the_rebuild_of_the_others()
    {
        var refusal = new CassandraServerException(CassandraErrorCode.Invalid, "Out of range.");
        var writer = new ScriptedWriter(row =>
            row.Key == TwoStores.KeyAt(20) ? Task.FromException(refusal) : Task.CompletedTask);
        var rebuilder = Rebuilder(writer, rate: 0);
        var pages = PostgresPages.ReadAsync(
            new StockTruth(stores.Postgres), new RebuildCheckpoint(RebuildSource.Postgres, "target"), 50, Cancellation);

        Assert.Equal(
            TwoStores.KeyCount - 1, await rebuilder.RunAsync(pages, new ProgressCounter(TwoStores.KeyCount), Cancellation));
        Assert.Equal(1, rebuilder.Refused);
    }

    [Fact]
    public async Task The_rate_is_kept()
    {
        var began = TimeProvider.System.GetTimestamp();
        await RebuildAsync(new ScriptedWriter(_ => Task.CompletedTask), pageSize: 100, rate: 300);

        // 300 rows at 300 a second take a second, however fast the machine is.
        Assert.True(TimeProvider.System.GetElapsedTime(began) >= TimeSpan.FromSeconds(0.99));
    }

    [Fact]
    public async Task A_topic_with_duplicates_disorder_and_poison_fills_the_read_model_with_the_newest_versions()
    {
        var kafka = await servers.KafkaAsync();
        var topic = $"rebuild-{Guid.NewGuid():n}";
        await kafka.CreateTopicAsync(topic, 3, new Dictionary<string, string>(), Cancellation);
        var sent = Enumerable.Range(0, 500)
            .Select(_ => Messages.Change(Random.Shared.Next(1, 40), Random.Shared.Next(1, 100)))
            .ToList();
        using (var producer = KafkaConnection.Producer(kafka.BootstrapServers))
        {
            producer.Produce(topic, new Message<string, byte[]> { Key = "1:1", Value = "poison"u8.ToArray() });
            sent.ForEach(change => producer.Produce(topic, new Message<string, byte[]>
            {
                Key = change.ToKey().ToString(),
                Value = JsonSerializer.SerializeToUtf8Bytes(
                    StockChangedEvent.From(change, traceParent: null), EventJson.Default.StockChangedEvent),
            }));
            producer.Flush(TimeSpan.FromSeconds(20));
        }

        using (var scan = new TopicScan(kafka.BootstrapServers, topic, new Dictionary<int, long>()))
        {
            var progress = new ProgressCounter(scan.Total);
            await Rebuilder(_empty.Client, rate: 0).RunAsync(
                TopicPages.ReadAsync(scan, new RebuildCheckpoint(RebuildSource.Topic, "target"), 64, [], TimeProvider.System, Cancellation),
                progress,
                Cancellation);
            Assert.Equal((501, 501), (progress.Total, progress.Done));
        }

        var expected = sent.GroupBy(change => change.ToKey())
            .Select(key => new StockRow(key.Key, Messages.Level(key.Max(change => change.Version))))
            .OrderBy(row => row.Key);
        foreach (var table in Enum.GetValues<StockTable>())
        {
            var rows = await _empty.Client.ScanAsync(table, Cancellation).ToListAsync(Cancellation);
            Assert.Equal(expected, rows.OrderBy(row => row.Key));
        }
    }

    [Fact]
    public async Task Bug_A_topic_that_lacks_keys_of_postgres_is_told_and_is_a_failure()
    {
        // No test sends events of all these keys.
        var kafka = await servers.KafkaAsync();
        await kafka.CreateTopicAsync(
            ResourceNames.StockChangesTopic, RealServers.TopicPartitions, new Dictionary<string, string>(), Cancellation);

        Assert.Equal(ExitCode.Failure, await RunAsync("rebuild", "--from", "topic", "--rate", "0"));
    }

    [Fact]
    public async Task The_keys_that_a_topic_lacks_are_counted()
    {
        var truth = new StockTruth(stores.Postgres);
        var keys = Enumerable.Range(0, TwoStores.KeyCount).Select(TwoStores.KeyAt).Append(TwoStores.UnusedKey).ToHashSet();

        Assert.Equal(0, await TopicCompleteness.CountMissingAsync(truth, keys, Cancellation));
        keys.Remove(TwoStores.KeyAt(0));
        keys.Remove(TwoStores.KeyAt(TwoStores.KeyCount - 1));
        Assert.Equal(2, await TopicCompleteness.CountMissingAsync(truth, keys, Cancellation));
    }

    [Theory]
    [InlineData(5)]
    [InlineData(50)]
    public async Task Bug_The_checkpoint_of_a_topic_that_was_made_anew_is_not_gone_on_from(int messages)
    {
        var kafka = (await servers.KafkaAsync()).BootstrapServers;
        var (former, present) = (await SendAsync(20, version: 1), await SendAsync(messages, version: 2));
        var checkpoint = new RebuildCheckpoint(RebuildSource.Topic, "target");
        using (var scan = new TopicScan(kafka, former, new Dictionary<int, long>()))
        {
            await foreach (var page in TopicPages.ReadAsync(scan, checkpoint, 64, [], TimeProvider.System, Cancellation))
            {
                await Checkpoint.WriteAsync(checkpoint = page.Next);
            }
        }

        var read = Checkpoint.Read(RebuildSource.Topic, "target")!;
        Assert.Equal((20, 20), (read.Done, read.Offsets![0]));
        Assert.True(TopicContinuity.Holds(kafka, former, read));
        Assert.False(TopicContinuity.Holds(kafka, present, read));
    }

    private async Task<string> SendAsync(int count, long version)
    {
        var kafka = await servers.KafkaAsync();
        var topic = $"rebuild-{Guid.NewGuid():n}";
        await kafka.CreateTopicAsync(topic, 1, new Dictionary<string, string>(), Cancellation);
        using var producer = KafkaConnection.Producer(kafka.BootstrapServers);
        for (var item = 1; item <= count; item++)
        {
            var change = Messages.Change(item, version);
            await producer.ProduceAsync(
                topic,
                new Message<string, byte[]>
                {
                    Key = change.ToKey().ToString(),
                    Value = JsonSerializer.SerializeToUtf8Bytes(
                        StockChangedEvent.From(change, traceParent: null), EventJson.Default.StockChangedEvent),
                },
                Cancellation);
        }

        return topic;
    }

    private CheckpointFile Checkpoint => new(_folder.File("rebuild.json"));

    private Rebuilder Rebuilder(IStockWriter writer, int rate) =>
        new(writer, Checkpoint, rate, TimeProvider.System, line => TestContext.Current.SendDiagnosticMessage("{0}", line));

    private Task<long> RebuildAsync(IStockWriter writer, int pageSize, int rate = 0)
    {
        var start = Checkpoint.Read(RebuildSource.Postgres, "target") ?? new RebuildCheckpoint(RebuildSource.Postgres, "target");
        var pages = PostgresPages.ReadAsync(new StockTruth(stores.Postgres), start, pageSize, Cancellation);
        return Rebuilder(writer, rate).RunAsync(pages, new ProgressCounter(TwoStores.KeyCount), Cancellation);
    }

    private async Task<int> RunAsync(params string[] arguments)
    {
        var kafka = await servers.KafkaAsync();
        var file = _folder.File("endpoints.json");
        await File.WriteAllTextAsync(
            file,
            $$"""
            {
              "gateway": "http://127.0.0.1:1",
              "connectionStrings": { "inventorydb": "{{stores.PostgresConnection}}", "inventory": "{{_empty.ConnectionString}}", "kafka": "{{kafka.BootstrapServers}}" }
            }
            """,
            Cancellation);
        return await ToolCommands.RunAsync(
            [.. arguments, "--endpoints", file, "--checkpoint", Checkpoint.Path], TimeProvider.System);
    }
}
