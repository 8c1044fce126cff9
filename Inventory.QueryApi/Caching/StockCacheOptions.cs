using System.ComponentModel.DataAnnotations;

namespace Inventory.QueryApi.Caching;

/// <summary>The part of the configuration section <c>Stocks</c> that says what is kept, and how old it may be.</summary>
internal sealed class StockCacheOptions
{
    public const string SectionName = "Stocks";

    /// <summary>
    /// How old an answer may be, counted from the moment its read of Cassandra began. 0 keeps nothing: every answer is
    /// read after its request came, though requests that wait at the same time still share one read.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:00", "01:00:00")]
    public TimeSpan MaxStaleness { get; set; } = TimeSpan.FromMilliseconds(100);

    /// <summary>
    /// Whether this instance follows the topic of stock changes and updates the keys it holds, so that these are fresh
    /// within milliseconds and hardly ever read again. Needs the connection string <c>kafka</c>.
    /// </summary>
    public bool Push { get; set; }

    /// <summary>
    /// While changes are pushed: how long a key is held before it is read again all the same. It bounds what a change costs
    /// that the feed brought before a key was held, and Cassandra after.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:00", "01:00:00")]
    public TimeSpan PushedMaxStaleness { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>
    /// How old an answer may be when Cassandra fails or is slow; 0 answers with the failure. Selling is decided by
    /// Postgres, so a count that is half a minute old costs a rejected order and no oversold one: better than no page.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:00", "1.00:00:00")]
    public TimeSpan StaleIfError { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>How long a read of a key that is held may take before what is held is answered (<see cref="StaleIfError"/>).</summary>
    [Range(typeof(TimeSpan), "00:00:00.001", "00:01:00")]
    public TimeSpan RefreshPatience { get; set; } = TimeSpan.FromMilliseconds(50);

    /// <summary>Keys held, those that are known to have no stock on record included.</summary>
    [Range(1, 100_000_000)]
    public int MaxEntries { get; set; } = 1_000_000;

    /// <summary>What they may take, rendered answers included.</summary>
    [Range(65_536, long.MaxValue)]
    public long MaxBytes { get; set; } = 128L * 1024 * 1024;

    /// <summary>
    /// Keys, items and pages being read from Cassandra at once. One more is refused at once: 2,048 reads of 2 ms are a
    /// million a second, so a queue behind them would only be a sign of trouble, and make it last.
    /// </summary>
    [Range(1, 1_000_000)]
    public int MaxReadsInFlight { get; set; } = 2_048;

    /// <summary>Requests that wait for those reads. One more is refused at once.</summary>
    [Range(1, 10_000_000)]
    public int MaxRequestsWaiting { get; set; } = 65_536;
}
