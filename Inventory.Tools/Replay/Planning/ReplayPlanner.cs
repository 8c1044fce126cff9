using Inventory.Contracts.Inbounds;
using Inventory.Contracts.Orders;

namespace Inventory.Tools.Replay.Planning;

/// <summary>Turns invoices into steps.</summary>
/// <param name="ids">Names everything that is sent.</param>
/// <param name="openingStock">What each key gets first, or null for what its orders need.</param>
internal sealed class ReplayPlanner(ReplayIds ids, int? openingStock)
{
    private readonly List<ReplayStep> _steps = [];
    private readonly MirrorIndex _mirrors = new();
    private readonly OpeningStock _opening = new(openingStock);
    private int _splitInvoices;
    private int _ordersOfSplitInvoices;

    public ReplayPlan Plan(IReadOnlyList<Invoice> invoices)
    {
        var planned = 0;
        foreach (var invoice in invoices)
        {
            // Empty when every row of it was rejected.
            var lines = invoice.ToLines();
            if (lines.Length > 0)
            {
                planned++;
                AddSteps(invoice, lines);
            }
        }

        return new ReplayPlan(
            _opening.ToInbounds(ids), _steps, planned, _splitInvoices, _ordersOfSplitInvoices, _opening.KeyCount);
    }

    private void AddSteps(Invoice invoice, QuantityLine[] lines)
    {
        _opening.Count(lines, isCredit: invoice.IsCredit);
        if (invoice.IsCredit)
        {
            var returns = lines.Chunk(ReceiveInboundRequest.MaximumLines)
                .Select((chunk, part) => new ReceiveInboundRequest(ids.Return(invoice.Number, part), chunk));
            _steps.Add(new CreditStep(invoice.Number, lines, _mirrors.Find(invoice, lines), [.. returns]));
            return;
        }

        OrderStep[] orders =
        [
            .. lines.Chunk(PlaceOrderRequest.MaximumLines)
                .Select((chunk, part) => new OrderStep(invoice.Number, ids.Order(invoice.Number, part), chunk)),
        ];
        _mirrors.Add(invoice, lines, orders);
        _steps.AddRange(orders);
        if (orders.Length > 1)
        {
            _splitInvoices++;
            _ordersOfSplitInvoices += orders.Length;
        }
    }
}
