namespace Inventory.Contracts.Events;

/// <summary>What became of a <see cref="DeadLetter"/>.</summary>
/// <param name="Outcome"><see cref="Replayed"/>, <see cref="Superseded"/> or <see cref="Dropped"/>.</param>
/// <param name="At">When, UTC.</param>
/// <param name="By">The operating system's name of who did it.</param>
public sealed record DeadLetterResolution(string Outcome, DateTimeOffset At, string By)
{
    /// <summary>Sent to its topic again.</summary>
    public const string Replayed = "replayed";

    /// <summary>Not sent: Cassandra has that version or a newer one.</summary>
    public const string Superseded = "superseded";

    /// <summary>Given up by whoever decided so.</summary>
    public const string Dropped = "dropped";
}
