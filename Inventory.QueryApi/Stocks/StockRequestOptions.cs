using System.ComponentModel.DataAnnotations;

namespace Inventory.QueryApi.Stocks;

/// <summary>The part of the configuration section <c>Stocks</c> that says how long requests may last, and how many may.</summary>
internal sealed class StockRequestOptions
{
    public const string SectionName = "Stocks";

    /// <summary>How long a read waits for the version in its <c>minVersion</c>.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "00:00:09")]
    public TimeSpan MinVersionTimeout { get; set; } = TimeSpan.FromSeconds(2);

    /// <summary>Reads that wait for a version. One more is refused at once.</summary>
    [Range(1, 10_000_000)]
    public int MaxVersionWaits { get; set; } = 4_096;

    /// <summary>Streams of changes. One more is refused at once.</summary>
    [Range(1, 10_000_000)]
    public int MaxStreams { get; set; } = 10_000;

    /// <summary>
    /// How often a stream shows that it lives. Well below the 10 s after which the gateway gives up a connection on which
    /// nothing moves (<c>ActivityTimeout</c>), and proxies before it with 30 or 60 s.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:00.010", "00:00:08")]
    public TimeSpan HeartbeatInterval { get; set; } = TimeSpan.FromSeconds(3);
}
