using Confluent.Kafka;
using Inventory.Servers.Java;
using Inventory.Servers.Kafka;

namespace Inventory.Tests.Servers;

public sealed class KafkaClusterTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Three_brokers_survive_the_kill_of_one_and_it_comes_back()
    {
        const string topic = "kept";
        await using var kafka = await KafkaCluster.StartAsync(
            new KafkaOptions { Directory = _folder.Path, Brokers = 3, JavaArguments = QuickJava.Arguments },
            Cancellation);
        await kafka.CreateTopicAsync(topic, partitions: 3, new Dictionary<string, string>(), Cancellation);
        var config = ClientConfig<ProducerConfig>(kafka);
        config.Acks = Acks.All;
        using var producer = new ProducerBuilder<string, string>(config).SetLogHandler((_, _) => { }).Build();
        await ProduceAsync(producer, topic, from: 0, to: 50);

        var victim = kafka.Brokers[1];
        victim.Process.Kill();
        await victim.Process.Exited;
        await ProduceAsync(producer, topic, from: 50, to: 100);
        await victim.RestartAsync(Cancellation);
        await kafka.WaitUntilCompleteAsync(Cancellation);

        Assert.Equal(Enumerable.Range(0, 100), Consume(kafka, topic, count: 100));
    }

    public void Dispose() => _folder.Dispose();

    private static async Task ProduceAsync(IProducer<string, string> producer, string topic, int from, int to)
    {
        var sent = Enumerable.Range(from, to - from)
            .Select(number => new Message<string, string> { Key = $"{number}", Value = $"{number}" })
            .Select(message => producer.ProduceAsync(topic, message, Cancellation));
        await Task.WhenAll(sent);
    }

    private static IEnumerable<int> Consume(KafkaCluster kafka, string topic, int count)
    {
        var config = ClientConfig<ConsumerConfig>(kafka);
        config.GroupId = Guid.NewGuid().ToString("N");
        config.AutoOffsetReset = AutoOffsetReset.Earliest;
        using var consumer = new ConsumerBuilder<string, string>(config).Build();
        consumer.Assign(Enumerable.Range(0, 3).Select(partition => new TopicPartitionOffset(topic, partition, 0)));
        var numbers = new HashSet<int>();
        while (numbers.Count < count && consumer.Consume(TimeSpan.FromSeconds(20)) is { } result)
        {
            numbers.Add(int.Parse(result.Message.Value, System.Globalization.CultureInfo.InvariantCulture));
        }

        return numbers.Order();
    }

    /// <summary>The broker is older than the requests by which clients find out what it can do.</summary>
    private static T ClientConfig<T>(KafkaCluster kafka)
        where T : ClientConfig, new() => new()
        {
            BootstrapServers = kafka.BootstrapServers,
            ApiVersionRequest = false,
            BrokerVersionFallback = "0.9.0.1",
        };
}
