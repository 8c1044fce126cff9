using FsCheck;
using FsCheck.Fluent;
using Inventory.Tools.Load;

namespace Inventory.Tests.Tools.Load;

public sealed class LatencyHistogramTests
{
    private static readonly double[] Shares = [0.001, 0.5, 0.9, 0.99, 0.999, 1];

    [Fact]
    public void A_percentile_is_within_a_hundredth_of_what_sorting_would_find() =>
        Prop.ForAll(Gen.Choose(0, int.MaxValue).NonEmptyListOf().ToArbitrary(), latencies =>
        {
            var histogram = new LatencyHistogram();
            foreach (var latency in latencies)
            {
                histogram.Add(TimeSpan.FromMicroseconds(latency));
            }

            var sorted = latencies.Order().ToArray();
            foreach (var share in Shares)
            {
                double exact = sorted[Math.Max(0, (int)Math.Ceiling(share * sorted.Length) - 1)];
                Assert.InRange(histogram.Percentile(share).TotalMicroseconds, exact, (exact * 1.01) + 1);
            }
        }).Check(Config.QuickThrowOnFailure);

    [Fact]
    public void Without_latencies_there_is_no_percentile_above_zero() =>
        Assert.Equal(TimeSpan.Zero, new LatencyHistogram().Percentile(0.99));

    [Theory]
    [InlineData(KeyDistribution.Hot, 1)]
    [InlineData(KeyDistribution.Uniform, 100)]
    [InlineData(KeyDistribution.Zipf, 100)]
    public void Keys_are_picked_from_those_there_are(object distribution, int different)
    {
        var picker = new KeyPicker((KeyDistribution)distribution, keys: 100, seed: 1);

        var picked = Enumerable.Range(0, 20_000).Select(_ => picker.Next()).ToArray();

        Assert.All(picked, key => Assert.InRange(key, 0, 99));
        Assert.Equal(different, picked.Distinct().Count());
    }

    [Fact]
    public void By_Zipf_the_first_key_is_picked_about_twice_as_often_as_the_second()
    {
        var picker = new KeyPicker(KeyDistribution.Zipf, keys: 1_000, seed: 1);

        var picked = Enumerable.Range(0, 100_000).Select(_ => picker.Next()).CountBy(key => key).ToDictionary();

        Assert.InRange(picked[0] / (double)picked[1], 1.8, 2.2);
    }
}
