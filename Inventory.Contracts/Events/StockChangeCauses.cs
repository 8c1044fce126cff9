namespace Inventory.Contracts.Events;

/// <summary>The kinds of <see cref="StockChangeCause"/>, as written to the ledger, to the outbox and into events.</summary>
public static class StockChangeCauses
{
    public const string OrderPlaced = "order-placed";
    public const string OrderCancelled = "order-cancelled";
    public const string InboundReceived = "inbound-received";
    public const string StockCorrected = "stock-corrected";
    public const string ReservationHeld = "reservation-held";
    public const string ReservationReleased = "reservation-released";
    public const string ReservationExpired = "reservation-expired";

    /// <summary>In the ledger only: what was in stock when it began.</summary>
    public const string OpeningBalance = "opening-balance";

    /// <summary>Nothing: <c>verify --repair</c> gave the row a newer version, under an id of its own.</summary>
    public const string Repaired = "repaired";
}
