using System.Diagnostics.CodeAnalysis;
using Inventory.Contracts.Orders;

namespace Inventory.Tools.Replay.Planning;

/// <summary>Finds the orders that a credit mirrors exactly: same customer, same keys, same quantities.</summary>
internal sealed class MirrorIndex
{
    private readonly Dictionary<(string Customer, QuantityLine[] Lines), List<IReadOnlyList<OrderStep>>> _orders = new(new ByContent());

    public void Add(Invoice invoice, QuantityLine[] lines, IReadOnlyList<OrderStep> orders)
    {
        if (invoice.Customer.Length == 0)
        {
            return;
        }

        if (!_orders.TryGetValue((invoice.Customer, lines), out var same))
        {
            _orders.Add((invoice.Customer, lines), same = []);
        }

        same.Add(orders);
    }

    /// <summary>Those added so far. Customers who are not known are never taken for the same one.</summary>
    public IReadOnlyList<IReadOnlyList<OrderStep>> Find(Invoice credit, QuantityLine[] lines) =>
        _orders.TryGetValue((credit.Customer, lines), out var same) ? [.. same] : [];

    private sealed class ByContent : IEqualityComparer<(string Customer, QuantityLine[] Lines)>
    {
        public bool Equals((string Customer, QuantityLine[] Lines) x, (string Customer, QuantityLine[] Lines) y) =>
            x.Customer == y.Customer && x.Lines.AsSpan().SequenceEqual(y.Lines);

        public int GetHashCode([DisallowNull] (string Customer, QuantityLine[] Lines) obj)
        {
            var hash = default(HashCode);
            hash.Add(obj.Customer, StringComparer.Ordinal);
            foreach (var line in obj.Lines)
            {
                hash.Add(line);
            }

            return hash.ToHashCode();
        }
    }
}
