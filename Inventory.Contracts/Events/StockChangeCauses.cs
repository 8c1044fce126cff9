namespace Inventory.Contracts.Events;

/// <summary>The kinds of <see cref="StockChangeCause"/>, as written to the outbox and into events.</summary>
public static class StockChangeCauses
{
    public const string OrderPlaced = "order-placed";
    public const string OrderCancelled = "order-cancelled";
    public const string InboundReceived = "inbound-received";

    /// <summary>Nothing: <c>verify --repair</c> gave the row a newer version, under an id of its own.</summary>
    public const string Repaired = "repaired";
}
