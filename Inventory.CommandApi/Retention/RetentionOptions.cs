using System.ComponentModel.DataAnnotations;

namespace Inventory.CommandApi.Retention;

/// <summary>The configuration section <c>Retention</c>.</summary>
internal sealed class RetentionOptions
{
    public const string SectionName = "Retention";

    /// <summary>
    /// How long orders, reservations, inbounds, corrections and cancellations are kept, and with them the answers to
    /// their ids: a repetition that comes later is a new command. A day at least.
    /// </summary>
    [Range(typeof(TimeSpan), "1.00:00:00", "36500.00:00:00")]
    public TimeSpan Commands { get; set; } = TimeSpan.FromDays(90);

    /// <summary>How long the ledger is kept, in whole days. A day at least.</summary>
    [Range(typeof(TimeSpan), "1.00:00:00", "36500.00:00:00")]
    public TimeSpan Ledger { get; set; } = TimeSpan.FromDays(90);

    /// <summary>How often something is trimmed.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "1.00:00:00")]
    public TimeSpan Interval { get; set; } = TimeSpan.FromMinutes(10);

    /// <summary>Commands of each kind that one transaction trims.</summary>
    [Range(1, 100_000)]
    public int Batch { get; set; } = 1_000;
}
