using System.Security.Cryptography;

namespace Inventory.Tools.Api;

/// <summary>How long and how often a request is tried again. Ids chosen by the client make repeats harmless.</summary>
/// <param name="Patience">From the first try; long enough for a service to restart.</param>
/// <param name="FirstDelay">Doubles with each try.</param>
/// <param name="LongestDelay">What doubling ends at.</param>
internal sealed record RetryPolicy(TimeSpan Patience, TimeSpan FirstDelay, TimeSpan LongestDelay)
{
    public static RetryPolicy Default { get; } =
        new(TimeSpan.FromSeconds(60), TimeSpan.FromMilliseconds(25), TimeSpan.FromSeconds(2));

    /// <summary>Half of the delay is random, so that requests refused together do not return together.</summary>
    /// <param name="attempt">0 for the first try.</param>
    /// <param name="retryAfter">What the server asked for: never undercut.</param>
    public TimeSpan DelayAfter(int attempt, TimeSpan? retryAfter)
    {
        var doubled = Math.Min(FirstDelay.TotalMilliseconds * Math.Pow(2, Math.Min(attempt, 30)), LongestDelay.TotalMilliseconds);
        var jitter = RandomNumberGenerator.GetInt32(1_001) / 1_000.0;
        var own = TimeSpan.FromMilliseconds(doubled * (0.5 + (jitter / 2)));
        return retryAfter is { } asked && asked > TimeSpan.Zero ? asked + (own / 4) : own;
    }
}
