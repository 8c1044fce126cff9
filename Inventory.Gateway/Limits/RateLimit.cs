using System.ComponentModel.DataAnnotations;

namespace Inventory.Gateway.Limits;

/// <summary>A token bucket for each client.</summary>
internal sealed class RateLimit
{
    /// <summary>What one client may send a second in the long run; 0 turns the limit off.</summary>
    [Range(0, 10_000_000)]
    public int PermitsPerSecond { get; set; }

    /// <summary>What one client may send at once after a pause; at least <see cref="PermitsPerSecond"/>.</summary>
    [Range(0, 100_000_000)]
    public int Burst { get; set; }
}
