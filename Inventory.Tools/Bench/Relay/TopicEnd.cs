using Confluent.Kafka;
using Inventory.Contracts;
using Inventory.Servers;

namespace Inventory.Tools.Bench.Relay;

/// <summary>How many messages the topic of stock changes has ever taken.</summary>
internal sealed class TopicEnd(string bootstrapServers) : IDisposable
{
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(20);

    private readonly IConsumer<Ignore, Ignore> _consumer = new ConsumerBuilder<Ignore, Ignore>(new ConsumerConfig
    {
        BootstrapServers = bootstrapServers,
        GroupId = "bench",
        ApiVersionRequest = false,
        BrokerVersionFallback = "0.9.0.1",
    }).Build();

    public long Read() => Enumerable.Range(0, LocalStores.TopicPartitions).Sum(partition =>
        _consumer.QueryWatermarkOffsets(new TopicPartition(ResourceNames.StockChangesTopic, partition), Timeout).High.Value);

    /// <summary>Waits until there are so many, and tells how many there were first after a change, and when.</summary>
    public async Task<(long FirstCount, long FirstAt, long LastAt)> WatchAsync(
        long before, long goal, CancellationToken cancellationToken)
    {
        var (firstCount, firstAt) = (0L, 0L);
        while (true)
        {
            var count = Read();
            var now = TimeProvider.System.GetTimestamp();
            if (firstAt == 0 && count > before)
            {
                (firstCount, firstAt) = (count, now);
            }

            if (count >= goal)
            {
                return (firstCount, firstAt, now);
            }

            await Task.Delay(Pause, cancellationToken);
        }
    }

    public void Dispose() => _consumer.Dispose();
}
