using Inventory.Contracts.Orders;
using Inventory.Contracts.Stocks;

namespace Inventory.Tools.Replay.Planning;

/// <summary>An order, a cancellation or a return of one customer.</summary>
/// <param name="number">In capitals.</param>
/// <param name="isCredit">Whether it cancels or returns.</param>
/// <param name="customer">Of its first row; empty when unknown.</param>
internal sealed class Invoice(string number, bool isCredit, string customer)
{
    private readonly Dictionary<StockKey, int> _quantities = [];

    public string Number { get; } = number;

    public bool IsCredit { get; } = isCredit;

    public string Customer { get; } = customer;

    /// <summary>Adds to the line of this key.</summary>
    /// <returns>False if the sum would be no quantity any more.</returns>
    public bool TryAdd(StockKey key, int quantity)
    {
        var sum = (long)_quantities.GetValueOrDefault(key) + quantity;
        if (sum > int.MaxValue)
        {
            return false;
        }

        _quantities[key] = (int)sum;
        return true;
    }

    /// <summary>One line per key, by key.</summary>
    public QuantityLine[] ToLines() =>
        [.. _quantities.OrderBy(line => line.Key).Select(line => new QuantityLine(line.Key.VendorItemId, line.Key.FulfillmentCenterId, line.Value))];
}
