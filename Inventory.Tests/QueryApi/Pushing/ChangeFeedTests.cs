using System.Text.Json;
using Confluent.Kafka;
using Inventory.Contracts;
using Inventory.Contracts.Events;
using Inventory.Contracts.Stocks;
using Inventory.Servers.Java;
using Inventory.Servers.Kafka;
using Inventory.Tests.Hosting;
using Inventory.Tests.QueryApi.Caching;
using Inventory.Tests.Servers;

namespace Inventory.Tests.QueryApi.Pushing;

/// <summary>The query API behind a real broker. Its Cassandra is the test's, so that nothing can come from there unseen.</summary>
public sealed class ChangeFeedTests : IDisposable
{
    private const string Path = "/stocks/7/3";

    private readonly ScriptedStockReader _cassandra = new();
    private readonly TemporaryFolder _folder = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Held_keys_follow_the_topic_and_are_read_again_while_it_is_out_of_reach()
    {
        await using var kafka = await KafkaCluster.StartAsync(
            new KafkaOptions { Directory = _folder.Path, Brokers = 1, JavaArguments = QuickJava.Arguments }, Cancellation);
        await kafka.CreateTopicAsync(
            ResourceNames.StockChangesTopic, partitions: 3, new Dictionary<string, string>(), Cancellation);
        await SendAsync(kafka, "before the service began"u8.ToArray());
        _cassandra.Answer = _ => CacheRig.Level(version: 5);
        await using var host = await StartAsync(kafka);

        // 1. The feed catches up: from then on one read is enough for many answers.
        await Eventually.IsTrueAsync(async () => await ReadsWithinAsync(host, TimeSpan.FromSeconds(1)) == 0);

        // 2. What is in the topic is answered, though Cassandra says something else; what can't be read is passed over.
        await SendAsync(kafka, "no change"u8.ToArray());
        await SendAsync(kafka, Event(version: 6));
        await Eventually.IsTrueAsync(async () => await VersionAsync(host) == 6);

        // 3. Without a broker it is Cassandra's word that counts, and soon.
        kafka.Brokers[0].Process.Kill();
        _cassandra.Answer = _ => CacheRig.Level(version: 8);
        await Eventually.IsTrueAsync(async () => await VersionAsync(host) == 8);

        // 4. Back again, nothing that was sent meanwhile is missing.
        await kafka.Brokers[0].RestartAsync(Cancellation);
        await SendAsync(kafka, Event(version: 9));
        await Eventually.IsTrueAsync(async () => await VersionAsync(host) == 9);
    }

    [Fact]
    public async Task A_feed_without_a_broker_keeps_nobody_from_reading()
    {
        _cassandra.Answer = _ => CacheRig.Level(version: 5);
        await using var host = await QueryApiHost.StartAsync(
            _cassandra, ("Stocks:Push", "true"), ("ConnectionStrings:kafka", "127.0.0.1:1"));

        Assert.Equal(5, await VersionAsync(host));
        _cassandra.Answer = _ => CacheRig.Level(version: 6);
        await Eventually.IsTrueAsync(async () => await VersionAsync(host) == 6);
    }

    public void Dispose() => _folder.Dispose();

    private Task<ServiceHost> StartAsync(KafkaCluster kafka) => QueryApiHost.StartAsync(
        _cassandra,
        ("Stocks:Push", "true"),
        // Never again by itself within this test.
        ("Stocks:PushedMaxStaleness", "00:10:00"),
        ("ConnectionStrings:kafka", kafka.BootstrapServers),
        ("Aspire:Confluent:Kafka:Consumer:Config:ApiVersionRequest", "false"),
        ("Aspire:Confluent:Kafka:Consumer:Config:BrokerVersionFallback", "0.9.0.1"));

    private async Task<int> ReadsWithinAsync(ServiceHost host, TimeSpan time)
    {
        await VersionAsync(host);
        var before = _cassandra.Started;
        var until = TimeProvider.System.GetTimestamp() + (long)(time.TotalSeconds * TimeProvider.System.TimestampFrequency);
        while (TimeProvider.System.GetTimestamp() < until)
        {
            await VersionAsync(host);
            await Task.Delay(50, Cancellation);
        }

        return _cassandra.Started - before;
    }

    private static async Task<long> VersionAsync(ServiceHost host)
    {
        using var response = await host.ReadAsync(Path);
        using var answer = JsonDocument.Parse(await response.Content.ReadAsStringAsync(Cancellation));
        return answer.RootElement.GetProperty("version").GetInt64();
    }

    private static byte[] Event(long version) => JsonSerializer.SerializeToUtf8Bytes(
        StockChangedEvent.From(
            new StockChanged(
                7, 3, (int)version, version, DateTimeOffset.UtcNow, new(StockChangeCauses.OrderPlaced, Guid.NewGuid())),
            traceParent: null),
        EventJson.Default.StockChangedEvent);

    private static async Task SendAsync(KafkaCluster kafka, byte[] value)
    {
        using var producer = new ProducerBuilder<string, byte[]>(new ProducerConfig
        {
            BootstrapServers = kafka.BootstrapServers,
            ApiVersionRequest = false,
            BrokerVersionFallback = "0.9.0.1",
        }).SetLogHandler((_, _) => { }).Build();
        await producer.ProduceAsync(
            ResourceNames.StockChangesTopic,
            new Message<string, byte[]> { Key = new StockKey(7, 3).ToString(), Value = value },
            Cancellation);
    }
}
