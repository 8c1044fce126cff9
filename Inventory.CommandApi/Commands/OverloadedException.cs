namespace Inventory.CommandApi.Commands;

/// <summary>A command was refused before anything was done about it; it may be sent again.</summary>
/// <param name="expectedWait">Until those that wait now are done with.</param>
internal sealed class OverloadedException(TimeSpan expectedWait) : Exception("Too many commands wait already.")
{
    public TimeSpan ExpectedWait { get; } = expectedWait;
}
