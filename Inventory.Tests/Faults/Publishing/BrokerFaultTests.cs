using Inventory.Servers;
using Inventory.Servers.Java;
using Inventory.Servers.Kafka;
using Inventory.Tests.Servers;

namespace Inventory.Tests.Faults.Publishing;

/// <summary>Brokers die while changes go on.</summary>
public sealed class BrokerFaultTests(RealServers servers)
{
    [Theory]
    [InlineData("Cdc")]
    [InlineData("Polling")]
    public async Task Nothing_is_lost_or_out_of_order_when_the_broker_is_killed_in_mid_batch_and_comes_back(string source)
    {
        await using var kafka = await StartAsync(brokers: 1, source);
        await using var rig = await PublisherRig.CreateAsync(servers, source, await servers.PostgresAsync(), kafka);
        await rig.StartPublisherAsync();
        await using var writer = await StockWriter.StartAsync(rig.Database);
        await rig.WaitUntilPublishingAsync(writer);
        await writer.MoreAsync(200);

        kafka.Brokers[0].Process.Kill();
        await kafka.Brokers[0].Process.Exited;
        await writer.MoreAsync(200);
        await kafka.Brokers[0].RestartAsync(TestContext.Current.CancellationToken);
        await writer.MoreAsync(200);

        await rig.AssertPublishedAsync(writer);
    }

    [Theory]
    [InlineData("Cdc")]
    [InlineData("Polling")]
    public async Task Nothing_is_lost_or_out_of_order_when_one_of_three_brokers_is_killed_for_good(string source)
    {
        await using var kafka = await StartAsync(brokers: 3, source);
        await using var rig = await PublisherRig.CreateAsync(servers, source, await servers.PostgresAsync(), kafka);
        await rig.StartPublisherAsync();
        await using var writer = await StockWriter.StartAsync(rig.Database);
        await rig.WaitUntilPublishingAsync(writer);
        await writer.MoreAsync(200);

        kafka.Brokers[1].Process.Kill();
        await kafka.Brokers[1].Process.Exited;
        await writer.MoreAsync(400);

        await rig.AssertPublishedAsync(writer);
    }

    private Task<KafkaCluster> StartAsync(int brokers, string source) => LocalStores.StartKafkaAsync(
        new()
        {
            Directory = Path.Combine(servers.Folder, $"brokers-{brokers}-{source}"),
            Brokers = brokers,
            JavaArguments = QuickJava.Arguments,
        },
        RealServers.TopicPartitions,
        TestContext.Current.CancellationToken);
}
