using Inventory.Cassandra.Connections;

namespace Inventory.Tests.Cassandra.Connections;

public sealed class LatencyHistogramTests
{
    [Fact]
    public void A_percentile_is_at_most_an_eighth_above_the_true_one()
    {
        var histogram = new LatencyHistogram();
        for (var value = 1; value <= 100_000; value++)
        {
            histogram.Record(value);
        }

        foreach (var percentile in new[] { 0.5, 0.9, 0.99, 0.999 })
        {
            var totals = LatencyHistogram.CreateTotals();
            var fresh = new LatencyHistogram();
            for (var value = 1; value <= 100_000; value++)
            {
                fresh.Record(value);
            }

            fresh.AddTo(totals);
            var found = LatencyHistogram.Percentile(totals, percentile, enough: 1000);
            Assert.InRange(found, 100_000 * percentile, 100_000 * percentile * 1.13);
        }
    }

    [Fact]
    public void Too_few_tell_nothing_and_old_ones_fade()
    {
        var histogram = new LatencyHistogram();
        histogram.Record(long.MaxValue);
        histogram.Record(0);
        histogram.Record(-5);
        var totals = LatencyHistogram.CreateTotals();
        histogram.AddTo(totals);
        Assert.Equal(3, totals.Sum());
        Assert.Equal(0, LatencyHistogram.Percentile(totals, 0.99, enough: 4));

        Array.Clear(totals);
        histogram.AddTo(totals);
        histogram.AddTo(totals);
        Assert.True(totals.Sum() <= 1);
    }
}
