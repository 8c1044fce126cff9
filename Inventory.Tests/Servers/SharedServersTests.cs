using System.Globalization;
using Inventory.Servers.Processes;

namespace Inventory.Tests.Servers;

public sealed class SharedServersTests(RealServers servers)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task All_three_start_side_by_side_and_listen_on_loopback_only()
    {
        var postgres = servers.PostgresAsync();
        var kafka = servers.KafkaAsync();
        var cassandra = servers.CassandraAsync();
        await Task.WhenAll(postgres, kafka, cassandra);

        ServerProcess[] processes =
        [
            (await postgres).Process,
            (await kafka).Zookeeper,
            .. (await kafka).Brokers.Select(broker => broker.Process),
            .. (await cassandra).Nodes.Select(node => node.Process),
        ];

        Assert.All(processes, process =>
        {
            var addresses = ProcessFacts.ListeningAddresses(process.ProcessId);
            Assert.NotEmpty(addresses);
            Assert.All(addresses, AssertIsLoopback);
        });
    }

    [Fact]
    public async Task A_topic_is_created_once_and_stays_as_it_is()
    {
        var kafka = await servers.KafkaAsync();
        var topic = Guid.NewGuid().ToString("N");

        await kafka.CreateTopicAsync(topic, partitions: 3, Compacted, Cancellation);
        await kafka.CreateTopicAsync(topic, partitions: 5, Compacted, Cancellation);

        Assert.Equal(3, await kafka.CountPartitionsAsync(topic, Cancellation));
    }

    private static Dictionary<string, string> Compacted => new() { ["cleanup.policy"] = "compact" };

    /// <summary>IPv4 only: the hexadecimal address, its bytes from right to left, and a port.</summary>
    private static void AssertIsLoopback(string address)
    {
        Assert.Equal(8, address.IndexOf(':', StringComparison.Ordinal));
        Assert.Equal(127, int.Parse(address.AsSpan(6, 2), NumberStyles.HexNumber, CultureInfo.InvariantCulture));
    }
}
