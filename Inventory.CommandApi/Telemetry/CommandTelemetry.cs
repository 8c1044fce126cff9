using System.Diagnostics;
using System.Diagnostics.Metrics;
using Inventory.CommandApi.Orders.Grouping;

namespace Inventory.CommandApi.Telemetry;

/// <summary>How orders are grouped.</summary>
internal sealed class CommandTelemetry : IDisposable
{
    private const string Name = "Inventory.CommandApi";

    private readonly ActivitySource _source = new(Name);
    private readonly Meter _meter = new(Name);
    private readonly Histogram<int> _groupSize;

    public CommandTelemetry() => _groupSize = _meter.CreateHistogram<int>(
        "inventory.orders.group.size",
        "{order}",
        "Orders that were committed in one transaction.",
        advice: new InstrumentAdvice<int> { HistogramBucketBoundaries = [1, 2, 4, 8, 16, 32, 64, 128, 256] });

    /// <summary>The span of a group: in the trace of its first order, linked to those of the others.</summary>
    public Activity? StartGroup(IReadOnlyList<PendingOrder> orders)
    {
        _groupSize.Record(orders.Count);
        var first = orders[0].Trace;
        if (first == default)
        {
            return null;
        }

        var links = orders.Skip(1).Where(order => order.Trace != default).Select(order => new ActivityLink(order.Trace));
        return _source.StartActivity("commit orders", ActivityKind.Internal, first, links: links)
            ?.SetTag("inventory.orders.group.size", orders.Count);
    }

    public void Dispose()
    {
        _source.Dispose();
        _meter.Dispose();
    }
}
