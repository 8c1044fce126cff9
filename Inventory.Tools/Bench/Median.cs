namespace Inventory.Tools.Bench;

internal static class Median
{
    public static double Of(IReadOnlyList<double> values)
    {
        var sorted = values.Order().ToArray();
        return sorted.Length switch
        {
            0 => double.NaN,
            var count when count % 2 == 1 => sorted[count / 2],
            var count => (sorted[(count / 2) - 1] + sorted[count / 2]) / 2,
        };
    }
}
