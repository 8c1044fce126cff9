using Inventory.Contracts.Stocks;
using Inventory.Tools.Replay.Reading;

namespace Inventory.Tools.Replay.Planning;

/// <summary>Gathers rows into invoices, wherever in the file they stand, in the order of each invoice's first row.</summary>
internal sealed class InvoiceBook
{
    private readonly Dictionary<string, Invoice> _byNumber = new(StringComparer.Ordinal);
    private readonly List<Invoice> _inOrder = [];

    public IReadOnlyList<Invoice> Invoices => _inOrder;

    public RejectReason Add(LogRow row, StockKey key)
    {
        if (!_byNumber.TryGetValue(row.Invoice, out var invoice))
        {
            invoice = new Invoice(row.Invoice, row.IsCredit, row.Customer);
            _byNumber.Add(invoice.Number, invoice);
            _inOrder.Add(invoice);
        }

        return invoice.TryAdd(key, row.Quantity) ? RejectReason.None : RejectReason.QuantityOutOfRange;
    }
}
