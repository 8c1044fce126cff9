namespace Inventory.Tools.Rebuild;

/// <summary>Keeps a job at a rate: whoever is ahead of it waits.</summary>
/// <param name="rate">Per second; 0 for as fast as it goes.</param>
/// <param name="time">The clock.</param>
internal sealed class Throttle(int rate, TimeProvider time)
{
    private readonly long _started = time.GetTimestamp();
    private long _done;

    /// <summary>Completes when so many more are due to be done.</summary>
    public async Task DoneAsync(int count, CancellationToken cancellationToken)
    {
        _done += count;
        var ahead = rate == 0 ? TimeSpan.Zero : TimeSpan.FromSeconds((double)_done / rate) - time.GetElapsedTime(_started);
        if (ahead > TimeSpan.Zero)
        {
            await Task.Delay(ahead, time, cancellationToken);
        }
    }
}
