using System.ComponentModel.DataAnnotations;

namespace Inventory.Gateway.Discovery;

/// <summary>The configuration section <c>Gateway:Discovery</c>.</summary>
internal sealed class DiscoveryOptions
{
    public const string SectionName = "Gateway:Discovery";

    /// <summary>
    /// Whether a configured address that is a name (<c>services:query-api:http:0</c>) stands for every address that the name
    /// server has for it: a headless service of Kubernetes. Read when the gateway starts.
    /// </summary>
    public bool Dns { get; set; }

    /// <summary>How often the name server is asked.</summary>
    [Range(typeof(TimeSpan), "00:00:00.05", "00:05:00")]
    public TimeSpan RefreshInterval { get; set; } = TimeSpan.FromSeconds(3);

    /// <summary>How long an answer is waited for.</summary>
    [Range(typeof(TimeSpan), "00:00:00.05", "00:01:00")]
    public TimeSpan LookupTimeout { get; set; } = TimeSpan.FromSeconds(2);
}
