using Inventory.Cassandra.Errors;
using Inventory.Contracts.Stocks;
using Inventory.Tests.QueryApi.Caching;

namespace Inventory.Tests.QueryApi.Changes;

/// <summary>Streams of changes on a Cassandra that fails just after a stream was opened.</summary>
public sealed class FailedLookTests
{
    private static readonly Dictionary<string, Func<StockLevel?>> Failures = new()
    {
        ["no node"] = () => throw new CassandraNoNodeException("Away."),
        ["a row that cannot be read"] = () => throw new CassandraDataException("Null."),
        ["a replica that is behind"] = () => null,
    };

    public static TheoryData<string> Kinds => [.. Failures.Keys];

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task Bug_A_look_that_fails_tells_no_level_that_nobody_has_seen(string failure)
    {
        var looks = 0;
        var cassandra = new ScriptedStockReader
        {
            // The first read decides whether there is a stream, the second one is its first look.
            Answer = _ => Interlocked.Increment(ref looks) is 2 or 3 ? Failures[failure]() : CacheRig.Level(5, count: 10),
        };
        await using var host = await QueryApiHost.StartAsync(cassandra, ("Stocks:MaxStaleness", "00:00:00"));
        var response = await host.Client.GetAsync(
            new Uri("/stocks/7/3/changes", UriKind.Relative),
            HttpCompletionOption.ResponseHeadersRead,
            TestContext.Current.CancellationToken);
        using var stream = await EventReader.OpenAsync(response);

        Assert.Equal((5L, 10), await stream.NextAsync());
    }
}
