using Confluent.Kafka;
using Inventory.Contracts;

namespace Inventory.Relay.Kafka;

/// <summary>
/// The clients that publish. An idempotent one keeps the order of its requests by itself, so one is enough. Another must have
/// one request under way at a time, though order matters for a key only: so several share the keys.
/// </summary>
internal sealed class EventProducer : IDisposable
{
    // Of twelve partitions' requests one at a time, 2 ms each on a slow machine, each waited for the others: 24 ms.
    private const int ClientsWithoutIdempotence = 4;

    private readonly ProducerConfig _config;
    private readonly KafkaLog _log;
    private IProducer<string, byte[]>[] _clients;

    public EventProducer(ProducerConfig config, KafkaLog log)
    {
        _config = config;
        _log = log;
        _clients = Build();
    }

    /// <summary>
    /// An idempotent client also fences the requests that it gives up. Its successor could not, so that one is never replaced.
    /// </summary>
    public bool IsReplaceable => _config.EnableIdempotence == false;

    /// <summary>Hands a message over and returns; the handler is called when Kafka has it, or when the client gives it up.</summary>
    /// <exception cref="ProduceException{TKey,TValue}">Nothing was handed over, for example because the queue is full.</exception>
    public void Produce(Message<string, byte[]> message, Action<DeliveryReport<string, byte[]>> handler)
    {
        // Of this process and its life, which is as long as an order has to be kept.
        var share = (uint)message.Key.GetHashCode(StringComparison.Ordinal) % (uint)_clients.Length;
        _clients[share].Produce(ResourceNames.StockChangesTopic, message, handler);
    }

    /// <summary>
    /// Gives up whatever is under way: no handler is called any more when this has returned, and what has not left this
    /// machine never will. There is no other way to give everything up and not only what is older than the rest. Blocks for as
    /// long as the clients' threads take to end; not while a message is handed over.
    /// </summary>
    public void Replace()
    {
        Dispose();
        _clients = Build();
    }

    public void Dispose() => Parallel.ForEach(_clients, static client => client.Dispose());

    private IProducer<string, byte[]>[] Build() =>
    [
        .. Enumerable.Range(0, IsReplaceable ? ClientsWithoutIdempotence : 1).Select(_ =>
            new ProducerBuilder<string, byte[]>(_config).SetLogHandler(_log.Write).Build()),
    ];
}
