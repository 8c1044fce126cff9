using System.Globalization;

namespace Inventory.Tools.Load;

/// <summary>Writes the result of a load.</summary>
internal static class LoadText
{
    private static readonly (string Name, double Share)[] Percentiles =
        [("p50", 0.5), ("p90", 0.9), ("p99", 0.99), ("p99.9", 0.999), ("p99.99", 0.9999), ("max", 1)];

    // A program that is behind by so much measures itself.
    private static readonly TimeSpan Tolerance = TimeSpan.FromMilliseconds(50);

    public static void Write(TextWriter output, LoadPlan plan, LoadResult result)
    {
        output.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{result.Sent} requests in {result.Elapsed.TotalSeconds:0.0} s: {result.Rate:0}/s of {plan.Rate}/s planned, {result.ErrorCount} errors"));
        foreach (var (error, count) in result.Errors.OrderByDescending(error => error.Value))
        {
            output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  {error}: {count}"));
        }

        foreach (var (name, share) in Percentiles)
        {
            output.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"  {name,-7}{result.Latencies.Percentile(share).TotalMilliseconds,10:0.00} ms"));
        }

        if (result.LatestStart > Tolerance)
        {
            output.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"This program was up to {result.LatestStart.TotalMilliseconds:0} ms behind its plan: the latencies are its own, too."));
        }
    }
}
