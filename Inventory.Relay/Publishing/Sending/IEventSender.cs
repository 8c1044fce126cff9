namespace Inventory.Relay.Publishing.Sending;

/// <summary>Hands rows to Kafka's client.</summary>
internal interface IEventSender
{
    /// <summary>Sends and returns at once; <see cref="SentRow.Report"/> is called for every row, from any thread.</summary>
    void Send(SentRow sent);
}
