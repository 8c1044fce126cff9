namespace Inventory.Relay.Publishing.Sending;

/// <summary>Hands rows to Kafka's client.</summary>
internal interface IEventSender
{
    /// <summary>Whether <see cref="GiveUp"/> is possible.</summary>
    bool CanGiveUp { get; }

    /// <summary>Sends and returns at once; <see cref="SentRow.Report"/> is called for every row, from any thread.</summary>
    void Send(SentRow sent);

    /// <summary>
    /// Nothing that has no report yet will have one when this has returned, nor will it leave this machine. Blocks for
    /// about a second at most; not while something is sent.
    /// </summary>
    void GiveUp();
}
