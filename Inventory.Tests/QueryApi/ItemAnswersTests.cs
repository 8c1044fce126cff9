using System.Net;
using System.Net.Http.Headers;
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
    public async Task Bug_A_client_that_has_the_answer_for_an_item_gets_a_304_until_a_key_of_it_changes()
    {
        var version = 5;
        _cassandra.AnswerItem = _ => Task.FromResult(Rows(version));
        await using var host = await StartAsync("00:00:00");
        using var first = await host.ReadAsync("/stocks/7");
        Assert.NotNull(first.Headers.ETag);
        Assert.True(first.Headers.CacheControl?.NoCache);

        using var same = await ReadAsync(host, first.Headers.ETag);
        version = 6;
        using var changed = await ReadAsync(host, first.Headers.ETag);

        Assert.Equal(HttpStatusCode.NotModified, same.StatusCode);
        Assert.Equal(first.Headers.ETag, same.Headers.ETag);
        Assert.Equal(HttpStatusCode.OK, changed.StatusCode);
        Assert.NotEqual(first.Headers.ETag, changed.Headers.ETag);
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

    private static async Task<HttpResponseMessage> ReadAsync(ServiceHost host, EntityTagHeaderValue known)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/stocks/7");
        request.Headers.IfNoneMatch.Add(known);
        return await host.Client.SendAsync(request, TestContext.Current.CancellationToken);
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
