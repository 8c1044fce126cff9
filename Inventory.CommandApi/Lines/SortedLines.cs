using System.Collections;
using Inventory.Contracts.Orders;
using Inventory.Contracts.Stocks;

namespace Inventory.CommandApi.Lines;

/// <summary>Valid lines by stock key: the order in which rows are locked, hashed and answered.</summary>
internal sealed class SortedLines : IReadOnlyList<QuantityLine>
{
    private readonly QuantityLine[] _lines;

    public SortedLines(IEnumerable<QuantityLine> lines)
    {
        _lines = [.. lines.OrderBy(line => line.ToKey())];
        Keys = [.. _lines.Select(line => line.ToKey())];
    }

    public IReadOnlyList<StockKey> Keys { get; }

    public int Count => _lines.Length;

    public QuantityLine this[int index] => _lines[index];

    public IEnumerator<QuantityLine> GetEnumerator() => _lines.AsEnumerable().GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
