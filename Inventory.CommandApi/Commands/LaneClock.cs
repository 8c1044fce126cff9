namespace Inventory.CommandApi.Commands;

/// <summary>Foretells how long a command would wait for its group to begin. Read by many threads, told by one.</summary>
internal sealed class LaneClock(TimeProvider time)
{
    // The weight of the newest group: a stall is believed after a few groups, one slow group is forgotten as soon.
    private const double Weight = 0.2;

    private long _begun;
    private double _groupSeconds;

    /// <summary>A group is being committed.</summary>
    public void Begin() => Volatile.Write(ref _begun, time.GetTimestamp());

    /// <summary>It is done.</summary>
    public void End()
    {
        var seconds = time.GetElapsedTime(_begun).TotalSeconds;
        Volatile.Write(ref _groupSeconds, (_groupSeconds * (1 - Weight)) + (seconds * Weight));
        Volatile.Write(ref _begun, 0);
    }

    /// <param name="queued">Commands that wait already.</param>
    /// <param name="groupSize">Commands that one group takes.</param>
    /// <returns>
    /// The groups before this command times what one took lately, and what the present one takes already if that is more:
    /// when Postgres stands still, nothing else tells.
    /// </returns>
    public TimeSpan ExpectedWait(int queued, int groupSize)
    {
        var begun = Volatile.Read(ref _begun);
        var present = begun == 0 ? 0 : time.GetElapsedTime(begun).TotalSeconds;
        var usual = Volatile.Read(ref _groupSeconds);
        return TimeSpan.FromSeconds(Math.Max(present, usual) + (usual * (queued / groupSize)));
    }
}
