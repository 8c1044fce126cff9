using System.Text.Json;
using Confluent.Kafka;
using Inventory.Cassandra;
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
                TopicPages.ReadAsync(scan, new RebuildCheckpoint(RebuildSource.Topic, "target"), 64, TimeProvider.System, Cancellation),
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
        var file = _folder.File("endpoints.json");
        await File.WriteAllTextAsync(
            file,
            $$"""
            {
              "gateway": "http://127.0.0.1:1",
              "connectionStrings": { "inventorydb": "{{stores.PostgresConnection}}", "inventory": "{{_empty.ConnectionString}}" }
            }
            """,
            Cancellation);
        return await ToolCommands.RunAsync(
            [.. arguments, "--endpoints", file, "--checkpoint", Checkpoint.Path], TimeProvider.System);
    }
}
