using System.Net;
using System.Text;
using Inventory.Contracts.Orders;
using Inventory.Contracts.Problems;
using Inventory.Tests.Servers;

namespace Inventory.Tests.CommandApi;

/// <summary>The header Idempotency-Key in the place of an id of the client's own.</summary>
public sealed class IdempotencyKeyTests(RealServers servers) : IAsyncLifetime
{
    private const string Lines = """{"lines":[{"vendorItemId":1,"fulfillmentCenterId":1,"quantity":2}]}""";

    private CommandApiHost _api = null!;

    public async ValueTask InitializeAsync()
    {
        _api = await CommandApiHost.StartAsync(await servers.PostgresAsync());
        await CommandApiHost.InboundAsync(_api.ReceiveAsync(Guid.NewGuid(), new QuantityLine(1, 1, 10)));
    }

    public async ValueTask DisposeAsync() => await _api.DisposeAsync();

    [Fact]
    public async Task Concurrent_duplicates_wait_for_the_first_and_all_get_its_answer()
    {
        var responses = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => PostAsync("/orders", Lines, "a-key")));

        var answers = await Task.WhenAll(responses.Select(
            response => response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)));
        Assert.All(responses, response => Assert.Equal(HttpStatusCode.Created, response.StatusCode));
        Assert.Single(answers.Distinct(StringComparer.Ordinal));
        Assert.Equal(8, await _api.StockAsync(1));
    }

    [Fact]
    public async Task A_key_with_another_body_is_a_conflict_and_another_key_another_order()
    {
        await PostAsync("/orders", Lines, "a-key");

        await CommandApiHost.ProblemAsync(
            PostAsync("/orders", Lines.Replace("2", "3", StringComparison.Ordinal), "a-key"),
            HttpStatusCode.UnprocessableEntity,
            ProblemCodes.IdempotencyConflict);
        using var other = await PostAsync("/orders", Lines, "b-key");
        Assert.Equal(HttpStatusCode.Created, other.StatusCode);
        Assert.Equal(6, await _api.StockAsync(1));
    }

    [Fact]
    public async Task The_order_can_be_read_and_cancelled_once_by_the_id_that_it_was_given()
    {
        var order = await CommandApiHost.OrderAsync(PostAsync("/orders", Lines, "a-key"), HttpStatusCode.Created);

        await CommandApiHost.OrderAsync(_api.FindAsync(order.OrderId.ToString()), HttpStatusCode.OK);
        var cancel = $"/orders/{order.OrderId}/cancel";
        using var first = await PostAsync(cancel, "{}", "cancel-it");
        using var again = await PostAsync(cancel, "{}", "cancel-it");

        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.OK), (first.StatusCode, again.StatusCode));
        Assert.Equal(10, await _api.StockAsync(1));
    }

    [Fact]
    public async Task The_same_key_on_another_path_is_another_command()
    {
        await PostAsync("/orders", Lines, "a-key");
        using var inbound = await PostAsync("/inbounds", Lines, "a-key");
        using var reservation = await PostAsync(
            "/reservations", Lines.Replace("{\"lines\"", "{\"expiresIn\":60,\"lines\"", StringComparison.Ordinal), "a-key");

        Assert.Equal((HttpStatusCode.Created, HttpStatusCode.Created), (inbound.StatusCode, reservation.StatusCode));
        Assert.Equal(8, await _api.StockAsync(1));
    }

    [Theory]
    [InlineData(null, ProblemCodes.InvalidJson)]
    [InlineData("", ProblemCodes.IdempotencyKeyInvalid)]
    [InlineData(256, ProblemCodes.IdempotencyKeyInvalid)]
    public async Task Without_an_id_or_a_good_key_nothing_is_done(object? key, string code)
    {
        await CommandApiHost.ProblemAsync(
            PostAsync("/orders", Lines, key is int length ? new string('k', length) : (string?)key),
            HttpStatusCode.BadRequest,
            code);

        Assert.Equal(10, await _api.StockAsync(1));
    }

    private async Task<HttpResponseMessage> PostAsync(string path, string json, string? key)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(path, UriKind.Relative))
        {
            Content = new StringContent(json, Encoding.UTF8, "application/json"),
        };
        if (key is not null)
        {
            request.Headers.TryAddWithoutValidation("Idempotency-Key", key);
        }

        return await _api.Clients[0].SendAsync(request, TestContext.Current.CancellationToken);
    }
}
