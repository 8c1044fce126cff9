using Confluent.Kafka;
using Inventory.Contracts;
using Inventory.Kafka;

namespace Inventory.Relay.Kafka;

/// <summary>
/// The client that publishes, which can be replaced as a whole: there is no other way to have it give up everything that it
/// holds, and not only what is older than the rest.
/// </summary>
internal sealed class EventProducer(KafkaProducerFactory factory) : IDisposable
{
    private IProducer<string, byte[]> _client = factory.Create();

    /// <summary>
    /// An idempotent client keeps its requests in order by itself and fences those that it gives up. Its successor could
    /// not, so that one is never replaced.
    /// </summary>
    public bool IsReplaceable => factory.Config.EnableIdempotence == false;

    /// <summary>Hands a message over and returns; the handler is called when Kafka has it, or when the client gives it up.</summary>
    /// <exception cref="ProduceException{TKey,TValue}">Nothing was handed over, for example because the queue is full.</exception>
    public void Produce(Message<string, byte[]> message, Action<DeliveryReport<string, byte[]>> handler) =>
        _client.Produce(ResourceNames.StockChangesTopic, message, handler);

    /// <summary>
    /// Gives up whatever is under way: no handler is called any more when this has returned, and what has not left this
    /// machine never will. Blocks for as long as the client's threads take to end; not while a message is handed over.
    /// </summary>
    public void Replace()
    {
        _client.Dispose();
        _client = factory.Create();
    }

    public void Dispose() => _client.Dispose();
}
