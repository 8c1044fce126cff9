using Inventory.Contracts.Orders;

namespace Inventory.Tools.Replay.Planning;

/// <summary>What is played as one.</summary>
/// <param name="invoice">Where it comes from.</param>
/// <param name="lines">One per key, by key.</param>
internal abstract class ReplayStep(string invoice, IReadOnlyList<QuantityLine> lines)
{
    public string Invoice { get; } = invoice;

    public IReadOnlyList<QuantityLine> Lines { get; } = lines;

    /// <summary>
    /// Whether the order of the two matters: a credit must find the orders before it decided, and orders after it the
    /// stock that it gave back. Two orders may overtake each other, as they do in a shop.
    /// </summary>
    public bool MustNotOvertake(ReplayStep other) => (this is CreditStep || other is CreditStep) && SharesKeyWith(other);

    // Both are sorted: one walk through the two.
    private bool SharesKeyWith(ReplayStep other)
    {
        var mine = 0;
        var theirs = 0;
        while (mine < Lines.Count && theirs < other.Lines.Count)
        {
            var comparison = Lines[mine].ToKey().CompareTo(other.Lines[theirs].ToKey());
            if (comparison == 0)
            {
                return true;
            }

            mine += comparison < 0 ? 1 : 0;
            theirs += comparison > 0 ? 1 : 0;
        }

        return false;
    }
}
