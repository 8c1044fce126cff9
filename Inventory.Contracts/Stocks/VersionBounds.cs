namespace Inventory.Contracts.Stocks;

/// <summary>
/// What a version may be. It decides for good which of two writes wins, so one that no later change could reach must not
/// be believed, wherever it comes from.
/// </summary>
public static class VersionBounds
{
    public const long Earliest = 1;

    /// <summary>
    /// How far ahead of the present a version may be, by the clock of whoever reads it. Long enough that a database whose
    /// clock ran ahead for weeks is still followed, short enough that what was wrongly believed can be overtaken.
    /// </summary>
    public static readonly TimeSpan MaximumLead = TimeSpan.FromDays(366);

    /// <returns>The highest version to be believed now, in microseconds since the epoch as versions are.</returns>
    public static long LatestAt(DateTimeOffset now) => MicrosecondsOf(now + MaximumLead);

    public static long MicrosecondsOf(DateTimeOffset time) =>
        (time.UtcTicks - DateTimeOffset.UnixEpoch.UtcTicks) / TimeSpan.TicksPerMicrosecond;
}
