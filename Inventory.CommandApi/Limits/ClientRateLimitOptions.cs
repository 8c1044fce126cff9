using System.ComponentModel.DataAnnotations;

namespace Inventory.CommandApi.Limits;

/// <summary>The configuration section <c>RateLimits:Clients</c>.</summary>
internal sealed class ClientRateLimitOptions
{
    public const string SectionName = "RateLimits:Clients";

    /// <summary>What one client may send a second in the long run; 0 turns the limit off.</summary>
    [Range(0, 10_000_000)]
    public int PermitsPerSecond { get; set; } = 10_000;

    /// <summary>What one client may send at once after a pause.</summary>
    [Range(0, 100_000_000)]
    public int Burst { get; set; } = 20_000;
}
