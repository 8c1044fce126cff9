using System.Diagnostics.Metrics;
using Inventory.Relay.Projection;

namespace Inventory.Tests.Relay.Projection;

public sealed class ProjectionTelemetryTests
{
    [Fact]
    public async Task Each_stage_of_a_change_is_measured_on_one_clock_and_a_needless_one_counts_as_projected()
    {
        var measured = new Dictionary<string, List<double>>(StringComparer.Ordinal);
        using var rig = new ProjectorRig(new ScriptedWriter(_ => Task.CompletedTask));
        using var listener = new MeterListener();
        listener.InstrumentPublished = (instrument, its) =>
        {
            if (rig.Telemetry.Owns(instrument))
            {
                its.EnableMeasurementEvents(instrument);
            }
        };
        listener.SetMeasurementEventCallback<double>((instrument, value, _, _) => Add(instrument.Name, value));
        listener.SetMeasurementEventCallback<long>((instrument, value, _, _) => Add(instrument.Name, value));
        listener.Start();

        await rig.Projector.ApplyAsync(
            [Messages.Of(item: 1, version: 1, offset: 0), Messages.Of(item: 1, version: 2, offset: 1)],
            TestContext.Current.CancellationToken);

        Assert.Equal(2, measured["messaging.client.consumed.messages"].Sum());
        Assert.Equal(2, measured["inventory.projection.events"].Sum());
        Assert.Equal(2, measured["inventory.projection.consumed.lag"].Count);
        var processing = Assert.Single(measured["messaging.process.duration"]);
        var visible = Assert.Single(measured["inventory.projection.lag"]);
        Assert.InRange(processing, 0, 60);

        // The change of version 2 was taken last: its way to Kafka and its way from there add up.
        Assert.Equal(measured["inventory.projection.consumed.lag"][^1] + processing, visible, tolerance: 0.001);

        void Add(string name, double value)
        {
            lock (measured)
            {
                measured.TryAdd(name, []);
                measured[name].Add(value);
            }
        }
    }
}
