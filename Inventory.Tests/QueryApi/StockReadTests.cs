using System.Net;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Inventory.Contracts;
using Inventory.Contracts.Problems;
using Inventory.Contracts.Stocks;

namespace Inventory.Tests.QueryApi;

/// <summary>Reads of a real Cassandra.</summary>
public sealed class StockReadTests(QueryApiFixture fixture) : IClassFixture<QueryApiFixture>
{
    // In whole milliseconds, which is what a CQL timestamp holds.
    private static readonly DateTimeOffset UpdatedAt = new(2026, 11, 22, 8, 30, 0, 123, TimeSpan.Zero);

    [Fact]
    public async Task One_key_is_answered_with_its_count_and_version()
    {
        var level = Level(count: 17, version: 1_700_000_000_000_001);
        await fixture.Keyspace.WriteAsync(11, 3, level);

        var answer = await ReadAsync("/stocks/11/3", ApiJson.Default.StockAnswer);

        Assert.Equal(new StockAnswer(11, 3, 17, 1_700_000_000_000_001, UpdatedAt), answer);
    }

    [Fact]
    public async Task The_answer_is_the_documented_JSON()
    {
        await fixture.Keyspace.WriteAsync(12, 3, Level(count: 0, version: 5));

        using var response = await fixture.Host.ReadAsync("/stocks/12/3");

        Assert.Equal("application/json; charset=utf-8", response.Content.Headers.ContentType?.ToString());
        Assert.Equal(
            """{"vendorItemId":12,"fulfillmentCenterId":3,"stockCount":0,"version":5,"updatedAt":"2026-11-22T08:30:00.123+00:00"}""",
            await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task The_largest_ids_and_counts_are_answered()
    {
        await fixture.Keyspace.WriteAsync(long.MaxValue, int.MaxValue, Level(int.MaxValue, version: long.MaxValue));

        var answer = await ReadAsync($"/stocks/{long.MaxValue}/{int.MaxValue}", ApiJson.Default.StockAnswer);

        Assert.Equal((int.MaxValue, long.MaxValue), (answer.StockCount, answer.Version));
    }

    [Fact]
    public async Task An_unknown_key_is_a_404_problem_that_names_it()
    {
        await fixture.Keyspace.WriteAsync(13, 1, Level(count: 1, version: 1));

        using var response = await fixture.Host.ReadAsync("/stocks/13/2");

        var problem = await ProblemAssert.IsAsync(response, HttpStatusCode.NotFound, ProblemCodes.StockKeyNotFound);
        Assert.Equal(13, problem.GetProperty("vendorItemId").GetInt64());
        Assert.Equal(2, problem.GetProperty("fulfillmentCenterId").GetInt32());
    }

    [Fact]
    public async Task An_item_is_answered_with_every_center_ascending_and_the_total()
    {
        await fixture.Keyspace.WriteAsync(14, 30, Level(int.MaxValue, version: 3));
        await fixture.Keyspace.WriteAsync(14, 2, Level(count: 5, version: 1));
        await fixture.Keyspace.WriteAsync(14, 100, Level(count: 0, version: 4));

        var answer = await ReadAsync("/stocks/14", ApiJson.Default.ItemStockAnswer);

        Assert.Equal(14, answer.VendorItemId);
        Assert.Equal(int.MaxValue + 5L, answer.TotalStockCount);
        Assert.Equal([2, 30, 100], answer.FulfillmentCenters.Select(center => center.FulfillmentCenterId));
        Assert.Equal([1L, 3, 4], answer.FulfillmentCenters.Select(center => center.Version));
    }

    [Fact]
    public async Task An_unknown_item_is_a_404_problem_that_names_it()
    {
        using var response = await fixture.Host.ReadAsync("/stocks/15");

        var problem = await ProblemAssert.IsAsync(response, HttpStatusCode.NotFound, ProblemCodes.StockKeyNotFound);
        Assert.Equal(15, problem.GetProperty("vendorItemId").GetInt64());
    }

    [Fact]
    public async Task A_batch_is_answered_in_the_order_asked_and_names_what_is_missing()
    {
        await fixture.Keyspace.WriteAsync(16, 1, Level(count: 1, version: 1));
        await fixture.Keyspace.WriteAsync(17, 1, Level(count: 2, version: 1));
        await fixture.Keyspace.WriteAsync(16, 2, Level(count: 3, version: 1));

        var answer = await ReadBatchAsync(new(17, 1), new(18, 9), new(16, 2), new(16, 3), new(16, 1));

        Assert.Equal([2, 3, 1], answer.Stocks.Select(stock => stock.StockCount));
        Assert.Equal([new(18, 9), new(16, 3)], answer.Missing);
    }

    [Fact]
    public async Task A_batch_of_the_most_keys_is_answered_whole()
    {
        await fixture.Keyspace.WriteAsync(19, 250, Level(count: 25, version: 1));

        var answer = await ReadBatchAsync(
            [.. Enumerable.Range(1, StockBatchRequest.MaximumKeys).Select(center => new StockKeyField(19, center))]);

        Assert.Equal(25, Assert.Single(answer.Stocks).StockCount);
        Assert.Equal(StockBatchRequest.MaximumKeys - 1, answer.Missing.Count);
    }

    private static StockLevel Level(int count, long version) => new(count, version, UpdatedAt);

    private async Task<T> ReadAsync<T>(string path, JsonTypeInfo<T> type)
    {
        using var response = await fixture.Host.ReadAsync(path);
        return await ParseAsync(response, type);
    }

    private async Task<StockBatchAnswer> ReadBatchAsync(params StockKeyField[] keys)
    {
        var body = JsonSerializer.Serialize(new StockBatchRequest(keys), ApiJson.Default.StockBatchRequest);
        using var response = await fixture.Host.ReadBatchAsync(body);
        return await ParseAsync(response, ApiJson.Default.StockBatchAnswer);
    }

    private static async Task<T> ParseAsync<T>(HttpResponseMessage response, JsonTypeInfo<T> type)
    {
        var body = await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        Assert.True(response.StatusCode == HttpStatusCode.OK, body);
        return JsonSerializer.Deserialize(body, type)!;
    }
}
