using System.ComponentModel.DataAnnotations;

namespace Inventory.Relay.Reconciliation;

/// <summary>The configuration section <c>Reconciliation</c>.</summary>
internal sealed class ReconciliationOptions
{
    public const string SectionName = "Reconciliation";

    /// <summary>Keys that are compared each second, three reads each.</summary>
    [Range(1, 10_000)]
    public int KeysPerSecond { get; set; } = 100;

    /// <summary>How long a row may take to get through the pipeline before it is drift.</summary>
    public TimeSpan Grace { get; set; } = TimeSpan.FromSeconds(60);
}
