using System.Net;
using System.Text.Json;
using Inventory.Cassandra.Errors;
using Inventory.Contracts.Problems;
using Inventory.Contracts.Stocks;
using Inventory.Tests.Hosting;
using Inventory.Tests.QueryApi.Caching;

namespace Inventory.Tests.QueryApi.Answers;

/// <summary>The read of one key over HTTP, on a Cassandra of the test's.</summary>
public sealed class StockHttpTests
{
    private readonly ScriptedStockReader _cassandra = new();

    [Fact]
    public async Task An_answer_carries_its_version_as_ETag_and_a_client_that_has_it_gets_a_304()
    {
        await using var host = await QueryApiHost.StartAsync(_cassandra);
        _cassandra.Answer = _ => CacheRig.Level(version: 1_700_000_000_000_005);

        using var first = await host.ReadAsync("/stocks/7/3");
        using var same = await ReadAsync(host, "If-None-Match", "\"1\", \"1700000000000005\"");
        using var other = await ReadAsync(host, "If-None-Match", "\"1700000000000004\"");

        Assert.Equal("\"1700000000000005\"", first.Headers.ETag?.Tag);
        Assert.True(first.Headers.CacheControl?.NoCache);
        Assert.Equal(TimeSpan.Zero, first.Headers.Age);
        Assert.Equal(HttpStatusCode.NotModified, same.StatusCode);
        Assert.Equal("\"1700000000000005\"", same.Headers.ETag?.Tag);
        Assert.Empty(await same.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken));
        Assert.Equal(HttpStatusCode.OK, other.StatusCode);
        Assert.Equal(
            await first.Content.ReadAsStringAsync(TestContext.Current.CancellationToken),
            await other.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Bug_A_version_that_never_comes_costs_Cassandra_few_reads()
    {
        await using var host = await QueryApiHost.StartAsync(_cassandra);
        _cassandra.Answer = _ => CacheRig.Level(version: 5);

        using var response = await host.ReadAsync("/stocks/7/3?minVersion=9223372036854775807");

        await TemporaryProblemAssert.IsAsync(response, HttpStatusCode.ServiceUnavailable, ProblemCodes.VersionNotReached);
        Assert.InRange(_cassandra.Started, 1, 12);
    }

    [Theory]
    [InlineData("/stocks/7/3")]
    [InlineData("/stocks/7/3/changes")]
    [InlineData("/stocks/7")]
    public async Task Bug_No_cache_keeps_on_its_own_that_something_is_not_on_record(string path)
    {
        await using var host = await QueryApiHost.StartAsync(_cassandra);
        _cassandra.Answer = _ => null;
        _cassandra.AnswerItem = _ => Task.FromResult<IReadOnlyList<StockRow>>([]);

        using var response = await host.ReadAsync(path);

        await ProblemAssert.IsAsync(response, HttpStatusCode.NotFound, ProblemCodes.StockKeyNotFound);
        Assert.True(response.Headers.CacheControl?.NoCache);
    }

    [Fact]
    public async Task The_first_second_and_later_answers_of_a_version_are_the_same_bytes()
    {
        await using var host = await QueryApiHost.StartAsync(_cassandra);
        _cassandra.Answer = _ => CacheRig.Level(version: 5, count: 17);

        for (var time = 0; time < 5; time++)
        {
            Assert.Equal(
                """{"vendorItemId":7,"fulfillmentCenterId":3,"stockCount":17,"version":5,"updatedAt":"1970-01-01T00:00:00+00:00"}""",
                await host.Client.GetStringAsync(new Uri("/stocks/7/3", UriKind.Relative), TestContext.Current.CancellationToken));
        }
    }

    [Fact]
    public async Task A_read_that_names_a_version_waits_until_it_is_there()
    {
        await using var host = await QueryApiHost.StartAsync(_cassandra);
        var version = 0;
        _cassandra.Answer = _ => CacheRig.Level(Interlocked.Increment(ref version));

        using var response = await host.ReadAsync("/stocks/7/3?minVersion=4");

        Assert.Equal("\"4\"", response.Headers.ETag?.Tag);
    }

    [Fact]
    public async Task A_version_that_does_not_come_in_time_is_a_503_problem_that_says_when_to_come_back()
    {
        await using var host = await QueryApiHost.StartAsync(_cassandra, ("Stocks:MinVersionTimeout", "00:00:00.05"));
        _cassandra.Answer = _ => CacheRig.Level(version: 5);

        using var response = await host.ReadAsync("/stocks/7/3?minVersion=6");

        await TemporaryProblemAssert.IsAsync(
            response, HttpStatusCode.ServiceUnavailable, ProblemCodes.VersionNotReached);
    }

    [Theory]
    [InlineData("minVersion=")]
    [InlineData("minVersion=abc")]
    [InlineData("minVersion=-1")]
    [InlineData("minVersion=9223372036854775808")]
    [InlineData("minVersion=1&minVersion=2")]
    public async Task A_version_that_is_none_is_a_400_problem(string query)
    {
        await using var host = await QueryApiHost.StartAsync(_cassandra);

        using var response = await host.ReadAsync($"/stocks/7/3?{query}");

        await ProblemAssert.IsAsync(response, HttpStatusCode.BadRequest, ProblemCodes.InvalidVersion);
    }

    [Fact]
    public async Task When_Cassandra_fails_a_held_key_is_answered_with_its_age_and_another_is_a_503()
    {
        await using var host = await QueryApiHost.StartAsync(_cassandra, ("Stocks:MaxStaleness", "00:00:00.001"));
        _cassandra.Answer = _ => CacheRig.Level(version: 5);
        using var before = await host.ReadAsync("/stocks/7/3");
        _cassandra.Answer = _ => throw new CassandraNoNodeException("none");
        await Task.Delay(TimeSpan.FromSeconds(1.1), TestContext.Current.CancellationToken);

        using var held = await host.ReadAsync("/stocks/7/3");
        using var other = await host.ReadAsync("/stocks/7/4");

        Assert.Equal(HttpStatusCode.OK, held.StatusCode);
        Assert.InRange(held.Headers.Age!.Value.TotalSeconds, 1, 9);
        await TemporaryProblemAssert.IsAsync(other, HttpStatusCode.ServiceUnavailable, ProblemCodes.Unavailable);
    }

    [Theory]
    [InlineData("/stocks/7/5")]
    [InlineData("/stocks/7")]
    public async Task What_the_limits_refuse_is_a_503_at_once(string path)
    {
        await using var host = await QueryApiHost.StartAsync(_cassandra, ("Stocks:MaxReadsInFlight", "1"));
        var slow = host.ReadAsync("/stocks/7/4");
        await Eventually.IsTrueAsync(() => Task.FromResult(_cassandra.Started == 1));

        using var refused = await host.ReadAsync(path);
        await TemporaryProblemAssert.IsAsync(refused, HttpStatusCode.ServiceUnavailable, ProblemCodes.Unavailable);

        _cassandra.Next().Succeed(CacheRig.Level(version: 5));
        using var answered = await slow;
        Assert.Equal(HttpStatusCode.OK, answered.StatusCode);
    }

    [Fact]
    public async Task The_service_describes_itself()
    {
        await using var host = await QueryApiHost.StartAsync(_cassandra);

        using var response = await host.ReadAsync("/openapi/v1.json");

        var paths = JsonDocument.Parse(
            await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)).RootElement.GetProperty("paths");
        Assert.Equal(
            ["/stocks/batch", "/stocks/{vendorItemId}", "/stocks/{vendorItemId}/{fulfillmentCenterId}", "/stocks/{vendorItemId}/{fulfillmentCenterId}/changes"],
            paths.EnumerateObject().Select(path => path.Name).Order(StringComparer.Ordinal));
    }

    private static Task<HttpResponseMessage> ReadAsync(ServiceHost host, string header, string value)
    {
        var request = new HttpRequestMessage(HttpMethod.Get, "/stocks/7/3");
        request.Headers.TryAddWithoutValidation(header, value);
        return host.Client.SendAsync(request, TestContext.Current.CancellationToken);
    }
}
