using System.Globalization;
using Inventory.QueryApi.Caching;
using Microsoft.Extensions.Options;

namespace Inventory.QueryApi.Answers;

/// <summary>
/// What caches between us and the client may do with an answer: <c>Cache-Control</c> from the staleness bound, and <c>Age</c>.
/// </summary>
/// <remarks>
/// HTTP counts whole seconds. A bound below one second, as the default, can't be said as <c>max-age</c>: rounded up it
/// would let others keep an answer for longer than we may, so it is <c>no-cache</c>, which lets them keep it but has them
/// ask every time (and get a 304). From a second on it is <c>max-age</c>, rounded down; together with <c>Age</c>, which is
/// rounded down too, an answer out of such a cache is at most a second older than the bound.
/// </remarks>
internal sealed class FreshnessHeaders(CacheClock clock, IOptions<StockCacheOptions> options)
{
    private static readonly string[] Seconds =
        [.. Enumerable.Range(0, 128).Select(second => second.ToString(CultureInfo.InvariantCulture))];

    private readonly string _cacheControl = ControlFor(options.Value.MaxStaleness);

    public void Set(IHeaderDictionary headers, long checkedAt)
    {
        headers.CacheControl = _cacheControl;
        headers.Age = Text(clock.SecondsSince(checkedAt));
    }

    internal static string ControlFor(TimeSpan maxStaleness) => maxStaleness < TimeSpan.FromSeconds(1)
        ? "no-cache"
        : string.Create(CultureInfo.InvariantCulture, $"public, max-age={(long)maxStaleness.TotalSeconds}");

    private static string Text(int seconds) =>
        seconds < Seconds.Length ? Seconds[seconds] : seconds.ToString(CultureInfo.InvariantCulture);
}
