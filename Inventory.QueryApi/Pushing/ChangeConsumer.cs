using Confluent.Kafka;
using Inventory.Contracts;

namespace Inventory.QueryApi.Pushing;

/// <summary>
/// Reads every partition of the topic of stock changes from its end on, outside of any group: each instance needs all
/// changes, and none of the old ones.
/// </summary>
internal sealed class ChangeConsumer : IDisposable
{
    private static readonly TimeSpan AskTimeout = TimeSpan.FromSeconds(5);

    private readonly IConsumer<Ignore, byte[]> _consumer;

    // Where each partition is to be read next.
    private readonly Dictionary<TopicPartition, Offset> _next = [];

    /// <param name="configuration">
    /// The connection string <c>kafka</c>, and <c>Aspire:Confluent:Kafka:Consumer:Config</c> as for the relay.
    /// </param>
    /// <param name="lost">Called, on another thread too, when no broker can be reached.</param>
    /// <param name="log">Takes the client's own messages.</param>
    /// <exception cref="KafkaException">No broker answers, or the topic is missing.</exception>
    public ChangeConsumer(IConfiguration configuration, Action lost, Action<LogMessage> log)
    {
        _consumer = new ConsumerBuilder<Ignore, byte[]>(Configure(configuration))
            .SetErrorHandler((_, error) => IfLost(error, lost))
            .SetLogHandler((_, message) => log(message))
            .Build();
        try
        {
            foreach (var partition in Partitions())
            {
                _next[partition] = EndOf(partition);
            }

            _consumer.Assign(_next.Select(start => new TopicPartitionOffset(start.Key, start.Value)));
        }
        catch
        {
            _consumer.Dispose();
            throw;
        }
    }

    /// <returns>Null if nothing came in time.</returns>
    public Message<Ignore, byte[]>? Take(TimeSpan patience)
    {
        if (_consumer.Consume(patience) is not { } taken)
        {
            return null;
        }

        _next[taken.TopicPartition] = taken.Offset + 1;
        return taken.Message;
    }

    /// <summary>Whether everything that was in the topic when this was called has been taken. Asks the brokers.</summary>
    /// <exception cref="KafkaException">One does not answer.</exception>
    public bool HasCaughtUp() => _next.All(partition => partition.Value >= EndOf(partition.Key));

    public void Dispose()
    {
        _consumer.Close();
        _consumer.Dispose();
    }

    private static ConsumerConfig Configure(IConfiguration configuration)
    {
        var config = new ConsumerConfig();
        configuration.GetSection("Aspire:Confluent:Kafka:Consumer:Config").Bind(config);
        config.BootstrapServers = configuration.GetConnectionString(ResourceNames.Kafka)
            ?? throw new InvalidOperationException(
                $"Stocks:Push needs ConnectionStrings:{ResourceNames.Kafka}, which is missing.");
        // The client wants a name; as no offset is ever stored under it, the brokers never hear of it.
        config.GroupId = "inventory-query-api";
        config.EnableAutoCommit = false;
        config.EnableAutoOffsetStore = false;
        // What was deleted before it was read is of no use any more.
        config.AutoOffsetReset = AutoOffsetReset.Latest;
        // A broker that is silent for so long is taken for lost.
        config.SocketTimeoutMs = 10_000;
        config.FetchWaitMaxMs ??= 100;
        return config;
    }

    private static void IfLost(Error error, Action lost)
    {
        if (error.IsFatal || error.Code is ErrorCode.Local_AllBrokersDown or ErrorCode.Local_Transport)
        {
            lost();
        }
    }

    private Offset EndOf(TopicPartition partition) => _consumer.QueryWatermarkOffsets(partition, AskTimeout).High;

    private TopicPartition[] Partitions()
    {
        // Shares the consumer's connections and does not own them.
        using var admin = new DependentAdminClientBuilder(_consumer.Handle).Build();
        var topic = admin.GetMetadata(ResourceNames.StockChangesTopic, AskTimeout).Topics.Single();
        return topic.Error.IsError
            ? throw new KafkaException(topic.Error)
            : [.. topic.Partitions.Select(partition => new TopicPartition(topic.Topic, partition.PartitionId))];
    }
}
