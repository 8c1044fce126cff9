using System.Net;
using Inventory.Cassandra.Errors;
using Inventory.Contracts.Stocks;
using Inventory.Tests.Hosting;
using Inventory.Tests.QueryApi.Caching;

namespace Inventory.Tests.QueryApi;

/// <summary>The answers for whole items over HTTP, on a Cassandra of the test's.</summary>
public sealed class ItemAnswersTests
{
    private readonly ScriptedStockReader _cassandra = new();

    private int _reads;

    [Fact]
    public async Task Requests_that_come_while_an_item_is_being_read_share_the_read()
    {
        var read = new TaskCompletionSource<IReadOnlyList<StockRow>>(TaskCreationOptions.RunContinuationsAsynchronously);
        _cassandra.AnswerItem = _ => Count(read.Task);
        await using var host = await StartAsync("00:01:00");

        var requests = Enumerable.Range(0, 20).Select(_ => host.ReadAsync("/stocks/7")).ToArray();
        await Eventually.IsTrueAsync(() => Task.FromResult(_reads == 1));
        read.SetResult(Rows(version: 5));

        foreach (var request in requests)
        {
            using var response = await request;
            Assert.Equal(HttpStatusCode.OK, response.StatusCode);
            Assert.Equal("application/json; charset=utf-8", response.Content.Headers.ContentType?.ToString());
        }

        Assert.Equal(1, _reads);
    }

    [Fact]
    public async Task An_item_is_kept_for_as_long_as_a_key_may_be_held()
    {
        var version = 0;
        _cassandra.AnswerItem = _ => Count(Task.FromResult(Rows(++version)));
        await using var host = await StartAsync("00:00:00.2");

        Assert.Contains("\"version\":1,", await TextAsync(host), StringComparison.Ordinal);
        await Eventually.IsTrueAsync(async () =>
            (await TextAsync(host)).Contains("\"version\":2,", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Without_staleness_every_request_reads_for_itself()
    {
        var version = 0;
        _cassandra.AnswerItem = _ => Count(Task.FromResult(Rows(++version)));
        await using var host = await StartAsync("00:00:00");

        Assert.Contains("\"version\":1,", await TextAsync(host), StringComparison.Ordinal);
        Assert.Contains("\"version\":2,", await TextAsync(host), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_failed_read_is_not_kept()
    {
        _cassandra.AnswerItem = _ => Task.FromException<IReadOnlyList<StockRow>>(new CassandraTimeoutException("Too slow."));
        await using var host = await StartAsync("00:01:00");
        using var failed = await host.ReadAsync("/stocks/7");
        _cassandra.AnswerItem = _ => Task.FromResult(Rows(version: 5));

        using var answered = await host.ReadAsync("/stocks/7");

        Assert.Equal(HttpStatusCode.ServiceUnavailable, failed.StatusCode);
        Assert.Equal(HttpStatusCode.OK, answered.StatusCode);
    }

    private static IReadOnlyList<StockRow> Rows(long version) => [new(new StockKey(7, 3), CacheRig.Level(version))];

    private Task<ServiceHost> StartAsync(string maxStaleness) =>
        QueryApiHost.StartAsync(_cassandra, ("Stocks:MaxStaleness", maxStaleness));

    private Task<IReadOnlyList<StockRow>> Count(Task<IReadOnlyList<StockRow>> read)
    {
        Interlocked.Increment(ref _reads);
        return read;
    }

    private static async Task<string> TextAsync(ServiceHost host)
    {
        using var response = await host.ReadAsync("/stocks/7");
        return await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
    }
}
