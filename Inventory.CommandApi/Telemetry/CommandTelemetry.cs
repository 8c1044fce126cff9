using System.Diagnostics;
using System.Diagnostics.Metrics;
using Inventory.CommandApi.Commands;

namespace Inventory.CommandApi.Telemetry;

/// <summary>How commands are grouped, and what happens to them without a request.</summary>
internal sealed class CommandTelemetry : IDisposable
{
    private const string Name = "Inventory.CommandApi";

    private readonly ActivitySource _source = new(Name);
    private readonly Meter _meter = new(Name);
    private readonly Histogram<int> _groupSize;
    private readonly Histogram<double> _wait;
    private readonly Counter<long> _refused;
    private readonly Counter<long> _split;
    private readonly Counter<long> _expired;
    private readonly Counter<long> _trimmed;

    public CommandTelemetry()
    {
        _groupSize = _meter.CreateHistogram(
            "inventory.orders.group.size",
            "{command}",
            "Commands that were committed in one transaction.",
            advice: new InstrumentAdvice<int> { HistogramBucketBoundaries = [1, 2, 4, 8, 16, 32, 64, 128, 256] });
        _wait = _meter.CreateHistogram(
            "inventory.orders.wait",
            "s",
            "From the arrival of a command to the beginning of its group.",
            advice: new InstrumentAdvice<double>
            {
                HistogramBucketBoundaries = [0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.25, 0.5, 1, 3],
            });
        _refused = _meter.CreateCounter<long>(
            "inventory.orders.refused", "{command}", "Commands that were refused because too many waited.");
        _split = _meter.CreateCounter<long>(
            "inventory.orders.group.splits", "{group}", "Groups that failed and were committed one by one.");
        _expired = _meter.CreateCounter<long>(
            "inventory.reservations.expired", "{reservation}", "Reservations whose stock was given back by the sweeper.");
        _trimmed = _meter.CreateCounter<long>(
            "inventory.retention.trimmed", "{command}", "Commands that were old enough to be forgotten.");
    }

    /// <summary>The span of a group: in the trace of its first command, linked to those of the others.</summary>
    public Activity? StartGroup(IReadOnlyList<StockCommand> commands)
    {
        _groupSize.Record(commands.Count);
        var first = commands[0].Trace;
        if (first == default)
        {
            return null;
        }

        var links = commands.Skip(1).Where(each => each.Trace != default).Select(each => new ActivityLink(each.Trace));
        return _source.StartActivity("commit orders", ActivityKind.Internal, first, links: links)
            ?.SetTag("inventory.orders.group.size", commands.Count);
    }

    public void Waited(TimeSpan wait) => _wait.Record(wait.TotalSeconds);

    public void Refused() => _refused.Add(1);

    public void Split() => _split.Add(1);

    public void Expired(int count) => _expired.Add(count);

    public void Trimmed(int count) => _trimmed.Add(count);

    public void Dispose()
    {
        _source.Dispose();
        _meter.Dispose();
    }
}
