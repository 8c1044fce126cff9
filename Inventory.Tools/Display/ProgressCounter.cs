namespace Inventory.Tools.Display;

/// <summary>How far a job is. Workers add to it from any thread; a display looks at it from time to time.</summary>
/// <param name="total">What <see cref="Done"/> ends at.</param>
internal sealed class ProgressCounter(long total)
{
    private long _done;

    public long Total { get; } = total;

    public long Done => Interlocked.Read(ref _done);

    public void Add(long amount = 1) => Interlocked.Add(ref _done, amount);

    public void Set(long done) => Interlocked.Exchange(ref _done, done);
}
