using Inventory.Tools.Replay.Playing;

namespace Inventory.Tests.Tools.Replay.Playing;

public sealed class LatenciesTests
{
    [Theory]
    [InlineData(1, 0.5, 1)]
    [InlineData(1, 0.99, 1)]
    [InlineData(2, 0.5, 1)]
    [InlineData(100, 0.5, 50)]
    [InlineData(100, 0.99, 99)]
    [InlineData(101, 0.99, 100)]
    [InlineData(100, 1, 100)]
    public void Percentiles_are_values_that_were_measured(int samples, double share, int milliseconds)
    {
        var latencies = new Latencies([.. Enumerable.Range(1, samples).Select(value => TimeSpan.FromMilliseconds(value))], NeverSeen: 0);

        Assert.Equal(TimeSpan.FromMilliseconds(milliseconds), latencies.Percentile(share));
    }
}
