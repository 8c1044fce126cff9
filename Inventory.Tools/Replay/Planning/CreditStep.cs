using Inventory.Contracts.Inbounds;
using Inventory.Contracts.Orders;

namespace Inventory.Tools.Replay.Planning;

/// <summary>Cancels the newest order that it mirrors, if one was accepted, and takes the goods back otherwise.</summary>
/// <param name="invoice">The <c>C</c> invoice.</param>
/// <param name="lines">What it gives back.</param>
/// <param name="mirrored">Earlier invoices of the same customer with the same lines, oldest first, as the orders that they became.</param>
/// <param name="returns">The same lines as inbounds.</param>
internal sealed class CreditStep(
    string invoice,
    IReadOnlyList<QuantityLine> lines,
    IReadOnlyList<IReadOnlyList<OrderStep>> mirrored,
    IReadOnlyList<ReceiveInboundRequest> returns) : ReplayStep(invoice, lines)
{
    public IReadOnlyList<ReceiveInboundRequest> Returns { get; } = returns;

    /// <summary>What there is to cancel, given what became of the orders so far.</summary>
    public IReadOnlyList<OrderStep>? FindStanding() => mirrored.LastOrDefault(orders => orders.All(order => order.IsStanding));
}
