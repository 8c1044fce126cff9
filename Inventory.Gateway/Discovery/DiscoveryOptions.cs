using System.ComponentModel.DataAnnotations;

namespace Inventory.Gateway.Discovery;

/// <summary>The section <c>Discovery</c>.</summary>
internal sealed class DiscoveryOptions
{
    public const string Section = "Discovery";

    /// <summary>How long it may take until a new instance gets requests and one that is gone gets none; 3 s unless given.</summary>
    [Range(typeof(TimeSpan), "00:00:00.1", "01:00:00")]
    public TimeSpan RefreshPeriod { get; set; } = TimeSpan.FromSeconds(3);

    /// <summary>Of one question to the name server; 2 s unless given.</summary>
    [Range(typeof(TimeSpan), "00:00:00.1", "00:01:00")]
    public TimeSpan LookupTimeout { get; set; } = TimeSpan.FromSeconds(2);
}
