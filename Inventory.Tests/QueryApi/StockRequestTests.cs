using System.Net;
using Inventory.Contracts.Problems;
using Inventory.Contracts.Stocks;
using Inventory.ServiceDefaults.Requests;
using Inventory.Tests.Hosting;

namespace Inventory.Tests.QueryApi;

/// <summary>What is refused before Cassandra is asked: a read that got there would answer 500 here.</summary>
public sealed class StockRequestTests : IAsyncLifetime
{
    private ServiceHost _host = null!;

    public async ValueTask InitializeAsync() =>
        _host = await QueryApiHost.StartFailingAsync(() => new InvalidOperationException("Cassandra was asked."));

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    [Theory]
    [InlineData("/stocks/abc/3")]
    [InlineData("/stocks/0/3")]
    [InlineData("/stocks/-7/3")]
    [InlineData("/stocks/+7/3")]
    [InlineData("/stocks/%207/3")]
    [InlineData("/stocks/7.0/3")]
    [InlineData("/stocks/0x7/3")]
    [InlineData("/stocks/9223372036854775808/3")]
    [InlineData("/stocks/7/abc")]
    [InlineData("/stocks/7/0")]
    [InlineData("/stocks/7/-3")]
    [InlineData("/stocks/7/2147483648")]
    [InlineData("/stocks/7/%D9%A3")]
    [InlineData("/stocks/abc")]
    [InlineData("/stocks/0")]
    [InlineData("/stocks/batch")]
    public async Task An_id_that_is_none_is_a_400_problem_and_not_a_404(string path)
    {
        using var response = await _host.ReadAsync(path);

        await ProblemAssert.IsAsync(response, HttpStatusCode.BadRequest, ProblemCodes.InvalidId);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(StockBatchRequest.MaximumKeys + 1)]
    public async Task A_batch_of_too_few_or_too_many_keys_is_refused(int count)
    {
        using var response = await _host.ReadBatchAsync(Batch(Enumerable.Range(1, count).Select(Key)));

        var problem = await ProblemAssert.IsAsync(
            response, HttpStatusCode.BadRequest, ProblemCodes.BatchSizeOutOfRange);
        Assert.Contains($"{count}", problem.GetProperty("detail").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_repeated_key_is_refused_by_name()
    {
        using var response = await _host.ReadBatchAsync(Batch([Key(1), Key(2), Key(1)]));

        var problem = await ProblemAssert.IsAsync(response, HttpStatusCode.BadRequest, ProblemCodes.RepeatedKey);
        Assert.Equal(1, problem.GetProperty("vendorItemId").GetInt64());
        Assert.Equal(1, problem.GetProperty("fulfillmentCenterId").GetInt32());
    }

    [Theory]
    [InlineData("""{"vendorItemId":0,"fulfillmentCenterId":3}""", "vendorItemId of keys[1]")]
    [InlineData("""{"vendorItemId":7,"fulfillmentCenterId":-3}""", "fulfillmentCenterId of keys[1]")]
    public async Task An_id_of_a_batch_that_is_none_is_refused_by_its_place(string key, string place)
    {
        using var response = await _host.ReadBatchAsync(Batch([Key(1), key]));

        var problem = await ProblemAssert.IsAsync(response, HttpStatusCode.BadRequest, ProblemCodes.InvalidId);
        Assert.Contains(place, problem.GetProperty("detail").GetString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("{}")]
    [InlineData("""{"keys":null}""")]
    [InlineData("""{"keys":[null]}""")]
    [InlineData("""{"keys":[{"vendorItemId":7}]}""")]
    [InlineData("""{"keys":[{"vendorItemId":"7","fulfillmentCenterId":3}]}""")]
    [InlineData("""{"keys":[{"vendorItemId":7,"fulfillmentCenterId":2147483648}]}""")]
    [InlineData("""{"keys":[{"vendorItemId":7,"fulfillmentCenterId":3,"count":1}]}""")]
    [InlineData("""{"keys":[{"vendorItemId":7,"fulfillmentCenterId":3}]""")]
    public async Task A_body_that_is_no_batch_is_a_400_problem(string body)
    {
        using var response = await _host.ReadBatchAsync(body);

        await ProblemAssert.IsAsync(response, HttpStatusCode.BadRequest, ProblemCodes.InvalidJson);
    }

    [Fact]
    public async Task A_body_that_is_no_JSON_by_its_type_is_a_415_problem()
    {
        using var response = await _host.ReadBatchAsync(Batch([Key(1)]), "text/plain");

        await ProblemAssert.IsAsync(
            response, HttpStatusCode.UnsupportedMediaType, ProblemCodes.UnsupportedMediaType);
    }

    [Fact]
    public async Task A_body_over_the_limit_is_a_413_problem()
    {
        using var response = await _host.ReadBatchAsync(new string(' ', RequestLimits.MaximumBodyBytes + 1));

        await ProblemAssert.IsAsync(response, HttpStatusCode.RequestEntityTooLarge, ProblemCodes.BodyTooLarge);
    }

    [Theory]
    [InlineData("/stocks")]
    [InlineData("/stocks/7/3/1")]
    [InlineData("/stock/7/3")]
    public async Task A_path_that_is_none_is_a_404_problem(string path)
    {
        using var response = await _host.ReadAsync(path);

        await ProblemAssert.IsAsync(response, HttpStatusCode.NotFound, ProblemCodes.NotFound);
    }

    [Theory]
    [InlineData("/stocks/7/3")]
    [InlineData("/stocks/7")]
    public async Task A_method_that_is_not_taken_is_a_405_problem(string path)
    {
        using var response = await _host.Client.DeleteAsync(
            new Uri(path, UriKind.Relative), TestContext.Current.CancellationToken);

        await ProblemAssert.IsAsync(response, HttpStatusCode.MethodNotAllowed, ProblemCodes.MethodNotAllowed);
    }

    private static string Key(int number) => $$"""{"vendorItemId":{{number}},"fulfillmentCenterId":{{number}}}""";

    private static string Batch(IEnumerable<string> keys) => $$"""{"keys":[{{string.Join(',', keys)}}]}""";
}
