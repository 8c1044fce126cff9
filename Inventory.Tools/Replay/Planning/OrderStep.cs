using Inventory.Contracts.Orders;

namespace Inventory.Tools.Replay.Planning;

/// <summary>Places one order: an invoice, or a part of one that is longer than an order may be.</summary>
internal sealed class OrderStep(string invoice, Guid orderId, IReadOnlyList<QuantityLine> lines) : ReplayStep(invoice, lines)
{
    public Guid OrderId { get; } = orderId;

    /// <summary>Set by the player once the order was accepted, and unset once it was cancelled.</summary>
    public bool IsStanding { get; set; }
}
