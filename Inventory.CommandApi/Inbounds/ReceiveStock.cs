using Inventory.CommandApi.Commands;
using Inventory.CommandApi.Idempotency;
using Inventory.Contracts.Events;
using Inventory.Contracts.Inbounds;
using Inventory.Contracts.Orders;

namespace Inventory.CommandApi.Inbounds;

/// <summary>
/// Adds what was delivered or corrected, each line by itself: a line that cannot be added is refused and the others are
/// not held up by it.
/// </summary>
/// <param name="id">Of the inbound or correction.</param>
/// <param name="lines">By stock key.</param>
/// <param name="reason">Of a correction; null for an inbound, which makes the keys that are not known.</param>
internal sealed class ReceiveStock(Guid id, IReadOnlyList<ReceiptLine> lines, string? reason = null)
    : StockCommand([.. lines.Select(line => line.Key)])
{
    private readonly byte[] _hash = RequestHash.Of(lines, reason);

    public override Guid? InboundId => id;

    public override bool CreatesKeys => reason is null;

    public override IResult Decide(GroupWork work)
    {
        if (work.FindInbound(id) is { } earlier)
        {
            return RequestHash.AreEqual(earlier.RequestHash, _hash)
                ? earlier.ToResult(location: null)
                : IdempotencyProblems.Conflict(reason is null ? "inboundId" : "correctionId", id);
        }

        var refused = lines.Select(line => ReceiptRefusal.Of(line, work.Stock, CreatesKeys)).OfType<RefusedLine>().ToArray();
        if (refused.Length == lines.Count)
        {
            // Not kept: it changed nothing, and may be sent again when it can.
            return ReceiptRefusal.OfAll(refused);
        }

        var isRefused = refused.Select(line => (line.VendorItemId, line.FulfillmentCenterId)).ToHashSet();
        var received = lines
            .Where(line => !isRefused.Contains((line.Key.VendorItemId, line.Key.FulfillmentCenterId)))
            .ToArray();
        var changed = received.Select(line => Change(line, work)).ToArray();
        var answer = ReceiptAnswers.Of(_hash, id, work.Now, reason, changed, refused.Length > 0 ? refused : null);
        work.Add(new NewInbound(id, reason, received, answer));
        return answer.ToResult(location: null);
    }

    private ChangedLine Change(ReceiptLine line, GroupWork work)
    {
        var cause = reason is null ? StockChangeCauses.InboundReceived : StockChangeCauses.StockCorrected;
        var level = work.Change(line.Key, line.Change, new(cause, id), TraceParent);
        return new ChangedLine(
            line.Key.VendorItemId, line.Key.FulfillmentCenterId, line.Change, level.StockCount, level.Version, level.UpdatedAt);
    }
}
