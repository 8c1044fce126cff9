using System.ComponentModel.DataAnnotations;

namespace Inventory.CommandApi.Commands;

/// <summary>The configuration section <c>Orders</c>.</summary>
internal sealed class CommandLanesOptions
{
    public const string SectionName = "Orders";

    /// <summary>Groups that are committed side by side, each on a connection of its own.</summary>
    [Range(1, 64)]
    public int Lanes { get; set; } = 8;

    /// <summary>Commands of one group.</summary>
    [Range(1, 1000)]
    public int MaximumGroup { get; set; } = 256;

    /// <summary>Commands that wait for one lane; one more is refused at once.</summary>
    [Range(1, 100_000)]
    public int QueueLength { get; set; } = 4096;

    /// <summary>A command that would wait longer than this is refused at once, one that has waited longer instead of begun.</summary>
    public TimeSpan MaximumWait { get; set; } = TimeSpan.FromSeconds(3);
}
