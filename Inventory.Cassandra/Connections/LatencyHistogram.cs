using System.Numerics;

namespace Inventory.Cassandra.Connections;

/// <summary>
/// Latencies in buckets that are an eighth of a power of two wide: exact enough for a percentile, a few
/// nanoseconds to record. One thread records; another may read sums that are slightly behind.
/// </summary>
internal sealed class LatencyHistogram
{
    private const int StepBits = 3;
    private const int Buckets = 64 << StepBits;

    private readonly uint[] _counts = new uint[Buckets];

    public void Record(long ticks) => _counts[BucketOf(Math.Max(ticks, 1))]++;

    /// <summary>Adds these counts to others and halves them, so that what is recent weighs most.</summary>
    public void AddTo(long[] totals)
    {
        for (var index = 0; index < Buckets; index++)
        {
            totals[index] += _counts[index];
            _counts[index] >>= 1;
        }
    }

    public static long[] CreateTotals() => new long[Buckets];

    /// <returns>The upper edge of the bucket that the percentile falls in; 0 if there are too few to tell.</returns>
    public static long Percentile(long[] totals, double percentile, long enough)
    {
        var count = totals.Sum();
        if (count < enough)
        {
            return 0;
        }

        var rank = (long)Math.Ceiling(count * percentile);
        for (var index = 0; index < Buckets; index++)
        {
            rank -= totals[index];
            if (rank <= 0)
            {
                return UpperEdge(index);
            }
        }

        return 0;
    }

    private static int BucketOf(long ticks)
    {
        var power = BitOperations.Log2((ulong)ticks);
        return power < StepBits
            ? (int)ticks
            : ((power - StepBits + 1) << StepBits) | (int)((ticks >> (power - StepBits)) & ((1 << StepBits) - 1));
    }

    private static long UpperEdge(int bucket)
    {
        if (bucket < 1 << StepBits)
        {
            return bucket + 1;
        }

        var power = (bucket >> StepBits) + StepBits - 1;
        var step = (bucket & ((1 << StepBits) - 1)) + 1;
        return (1L << power) + ((long)step << (power - StepBits));
    }
}
