namespace Inventory.Tools.Load;

/// <summary>Picks the number of the next key. Not for several threads.</summary>
internal sealed class KeyPicker
{
    // Of the request logs of many shops and of the YCSB benchmark.
    private const double ZipfExponent = 0.99;

    private readonly int _keys;
    private readonly Random _random;
    private readonly double[]? _cumulative;

    /// <param name="distribution">How often which.</param>
    /// <param name="keys">How many there are.</param>
    /// <param name="seed">The same seed picks the same keys.</param>
    public KeyPicker(KeyDistribution distribution, int keys, int seed)
    {
        _keys = distribution == KeyDistribution.Hot ? 1 : keys;
#pragma warning disable CA5394 // Keys of a benchmark are no secret.
        _random = new Random(seed);
#pragma warning restore CA5394
        _cumulative = distribution == KeyDistribution.Zipf ? Cumulate(keys) : null;
    }

    /// <returns>0 to the number of keys less one.</returns>
    public int Next()
    {
#pragma warning disable CA5394
        if (_cumulative is null)
        {
            return _random.Next(_keys);
        }

        var index = Array.BinarySearch(_cumulative, _random.NextDouble() * _cumulative[^1]);
#pragma warning restore CA5394
        return Math.Min(index < 0 ? ~index : index, _keys - 1);
    }

    private static double[] Cumulate(int keys)
    {
        var cumulative = new double[keys];
        var sum = 0.0;
        for (var index = 0; index < keys; index++)
        {
            sum += Math.Pow(index + 1, -ZipfExponent);
            cumulative[index] = sum;
        }

        return cumulative;
    }
}
