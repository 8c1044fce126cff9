using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json.Serialization.Metadata;
using Inventory.Contracts;
using Inventory.Contracts.Inbounds;
using Inventory.Contracts.Orders;
using Inventory.Contracts.Stocks;

namespace Inventory.Tests.EndToEnd;

/// <summary>
/// The way of an order, seen from outside: it knows a gateway and a token, and nothing of who started the system.
/// </summary>
internal sealed class OrderScenario(HttpClient gateway, string token)
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(20);

    /// <summary>10 come in, 3 are ordered, 7 are read, with the version that the order got.</summary>
    /// <param name="item">That nobody else uses.</param>
    /// <param name="cancellationToken">Of the test.</param>
    public async Task RunAsync(long item, CancellationToken cancellationToken)
    {
        await PostAsync(
            "/api/inbounds",
            JsonContent.Create(
                new ReceiveInboundRequest(Guid.NewGuid(), [new QuantityLine(item, 1, 10)]), ApiJson.Default.ReceiveInboundRequest),
            ApiJson.Default.InboundAnswer,
            cancellationToken);
        var order = await PostAsync(
            "/api/orders",
            JsonContent.Create(
                new PlaceOrderRequest(Guid.NewGuid(), [new QuantityLine(item, 1, 3)]), ApiJson.Default.PlaceOrderRequest),
            ApiJson.Default.OrderAnswer,
            cancellationToken);

        var line = Assert.Single(order.Lines);
        var stock = await ReadAsync(item, line.Version, cancellationToken);
        Assert.Equal((7, line.Version), (stock.StockCount, stock.Version));
        Assert.Equal(line.UpdatedAt, stock.UpdatedAt, TimeSpan.FromMilliseconds(1));
    }

    private async Task<T> PostAsync<T>(
        string path, HttpContent content, JsonTypeInfo<T> answer, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(path, UriKind.Relative)) { Content = content };
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        using var response = await gateway.SendAsync(request, cancellationToken);
        Assert.True(
            response.StatusCode == HttpStatusCode.Created,
            $"{(int)response.StatusCode}: {await response.Content.ReadAsStringAsync(cancellationToken)}");
        return (await response.Content.ReadFromJsonAsync(answer, cancellationToken))!;
    }

    private async Task<StockAnswer> ReadAsync(long item, long version, CancellationToken cancellationToken)
    {
        using var patience = new CancellationTokenSource(Patience);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, cancellationToken);
        while (true)
        {
            using var response = await gateway.GetAsync(new Uri($"/api/stocks/{item}/1", UriKind.Relative), both.Token);
            if (response.StatusCode == HttpStatusCode.OK
                && await response.Content.ReadFromJsonAsync(ApiJson.Default.StockAnswer, both.Token) is { } answer
                && answer.Version >= version)
            {
                return answer;
            }

            await Task.Delay(Pause, both.Token);
        }
    }
}
