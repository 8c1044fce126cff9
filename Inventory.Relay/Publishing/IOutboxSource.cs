namespace Inventory.Relay.Publishing;

/// <summary>
/// A way of learning what was committed to the outbox. Every one of them sends through a
/// <see cref="Sending.SendWindow"/>, which keeps the order and deletes only what Kafka has.
/// </summary>
internal interface IOutboxSource
{
    /// <summary>
    /// Publishes until it is stopped, and then until everything sent is done with. Returns when another instance is the
    /// publisher, and throws when a server fails; then it is to be called again.
    /// </summary>
    Task RunAsync(CancellationToken stoppingToken);
}
