using System.Numerics;

namespace Inventory.Tools.Load;

/// <summary>Counts latencies in buckets that are never wider than a hundredth of their value, up to an hour.</summary>
internal sealed class LatencyHistogram
{
    private const int PrecisionBits = 7;
    private const int BucketsPerDoubling = 1 << PrecisionBits;
    private const int Doublings = 26;

    private readonly long[] _counts = new long[(Doublings + 1) * BucketsPerDoubling];

    public long Count
    {
        get
        {
            var count = 0L;
            foreach (ref readonly var bucket in _counts.AsSpan())
            {
                count += bucket;
            }

            return count;
        }
    }

    /// <summary>Safe for any number of threads.</summary>
    public void Add(TimeSpan latency)
    {
        var microseconds = (uint)Math.Clamp(latency.TotalMicroseconds, 0, uint.MaxValue);
        Interlocked.Increment(ref _counts[Math.Min(IndexOf(microseconds), _counts.Length - 1)]);
    }

    /// <summary>By nearest rank, as the upper end of its bucket; zero if there is nothing.</summary>
    /// <param name="share">Above 0, at most 1.</param>
    public TimeSpan Percentile(double share)
    {
        var rank = Math.Max(1, (long)Math.Ceiling(share * Count));
        var seen = 0L;
        for (var index = 0; index < _counts.Length; index++)
        {
            seen += _counts[index];
            if (seen >= rank)
            {
                return TimeSpan.FromMicroseconds(UpperEnd(index));
            }
        }

        return TimeSpan.Zero;
    }

    // The top bits of a value are its bucket: below 256 each value has its own.
    private static int IndexOf(uint value)
    {
        var shift = Math.Max(0, BitOperations.Log2(value | 1) - PrecisionBits);
        return (shift * BucketsPerDoubling) + (int)(value >> shift);
    }

    private static long UpperEnd(int index)
    {
        if (index < 2 * BucketsPerDoubling)
        {
            return index;
        }

        var shift = (index / BucketsPerDoubling) - 1;
        return (((long)(index - (shift * BucketsPerDoubling)) + 1) << shift) - 1;
    }
}
