using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Inventory.Contracts;
using Inventory.Contracts.Inbounds;
using Inventory.Contracts.Orders;
using Inventory.Contracts.Stocks;

namespace Inventory.Tools.Api;

/// <summary>The API behind the gateway. Everything is tried again as long as <see cref="RetryPolicy"/> says.</summary>
internal sealed class GatewayClient(HttpClient http, RetryPolicy retries, TimeProvider time)
{
    public static HttpClient CreateHttpClient(Uri gateway, string? token)
    {
        var http = new HttpClient(new SocketsHttpHandler { AutomaticDecompression = DecompressionMethods.None })
        {
            BaseAddress = new Uri(gateway.AbsoluteUri.TrimEnd('/') + "/"),
            Timeout = TimeSpan.FromSeconds(30),
        };
        if (token is not null)
        {
            http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
        }

        return http;
    }

    public Task<GatewayReply<InboundAnswer>> ReceiveAsync(ReceiveInboundRequest inbound, CancellationToken cancellationToken) =>
        PostAsync("api/inbounds", inbound, ApiJson.Default.ReceiveInboundRequest, ApiJson.Default.InboundAnswer, cancellationToken);

    public Task<GatewayReply<OrderAnswer>> PlaceAsync(PlaceOrderRequest order, CancellationToken cancellationToken) =>
        PostAsync("api/orders", order, ApiJson.Default.PlaceOrderRequest, ApiJson.Default.OrderAnswer, cancellationToken);

    public Task<GatewayReply<OrderAnswer>> CancelAsync(Guid orderId, CancellationToken cancellationToken) =>
        TryAgainAsync(
            () => new HttpRequestMessage(HttpMethod.Post, $"api/orders/{orderId}/cancel"),
            ApiJson.Default.OrderAnswer,
            retries,
            cancellationToken);

    public Task<GatewayReply<StockBatchAnswer>> ReadAsync(StockBatchRequest keys, CancellationToken cancellationToken) =>
        PostAsync("api/stocks/batch", keys, ApiJson.Default.StockBatchRequest, ApiJson.Default.StockBatchAnswer, cancellationToken);

    /// <summary>Reads once, past the near cache, at least this version: the answer comes when it can be read.</summary>
    public Task<GatewayReply<StockAnswer>> ReadOnceAsync(StockKey key, long minVersion, CancellationToken cancellationToken)
    {
        var path = string.Create(
            CultureInfo.InvariantCulture,
            $"api/stocks/{key.VendorItemId}/{key.FulfillmentCenterId}?minVersion={minVersion}");
        return TryAgainAsync(
            () => new HttpRequestMessage(HttpMethod.Get, path),
            ApiJson.Default.StockAnswer,
            retries with { Patience = TimeSpan.Zero },
            cancellationToken);
    }

    private Task<GatewayReply<TAnswer>> PostAsync<TRequest, TAnswer>(
        string path,
        TRequest request,
        JsonTypeInfo<TRequest> requestType,
        JsonTypeInfo<TAnswer> answerType,
        CancellationToken cancellationToken)
        where TAnswer : class
    {
        var body = JsonSerializer.SerializeToUtf8Bytes(request, requestType);
        return TryAgainAsync(
            () => new HttpRequestMessage(HttpMethod.Post, path)
            {
                Content = new ByteArrayContent(body) { Headers = { ContentType = new MediaTypeHeaderValue("application/json") } },
            },
            answerType,
            retries,
            cancellationToken);
    }

    private async Task<GatewayReply<T>> TryAgainAsync<T>(
        Func<HttpRequestMessage> request, JsonTypeInfo<T> answerType, RetryPolicy policy, CancellationToken cancellationToken)
        where T : class
    {
        var started = time.GetTimestamp();
        for (var attempt = 0; ; attempt++)
        {
            var (reply, retryAfter) = await TryOnceAsync(request, answerType, cancellationToken);
            if (reply.Problem is not { } problem || !MayPass(problem.Status))
            {
                return reply;
            }

            var delay = policy.DelayAfter(attempt, retryAfter);
            if (time.GetElapsedTime(started) + delay > policy.Patience)
            {
                return new GatewayReply<T>(problem with { GaveUp = true });
            }

            await Task.Delay(delay, time, cancellationToken);
        }
    }

    private async Task<(GatewayReply<T> Reply, TimeSpan? RetryAfter)> TryOnceAsync<T>(
        Func<HttpRequestMessage> createRequest, JsonTypeInfo<T> answerType, CancellationToken cancellationToken)
        where T : class
    {
        try
        {
            using var request = createRequest();
            using var response = await http.SendAsync(request, cancellationToken);
            if (!response.IsSuccessStatusCode)
            {
                return (new(await ProblemReader.ReadAsync(response, cancellationToken)), RetryAfter(response));
            }

            var body = await response.Content.ReadAsByteArrayAsync(cancellationToken);
            return (Parse(body, answerType, response.StatusCode), null);
        }
        catch (HttpRequestException exception)
        {
            return (new(new GatewayProblem(0, GatewayProblem.ConnectionFailed, exception.Message)), null);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return (new(new GatewayProblem(0, GatewayProblem.ConnectionFailed, "No answer came in time.")), null);
        }
    }

    private static GatewayReply<T> Parse<T>(byte[] body, JsonTypeInfo<T> type, HttpStatusCode status)
        where T : class
    {
        try
        {
            if (JsonSerializer.Deserialize(body, type) is { } answer)
            {
                return new(answer);
            }
        }
        catch (JsonException)
        {
            // Told below, together with a body of null.
        }

        return new(new GatewayProblem((int)status, GatewayProblem.AnswerNotUnderstood, $"The answer is not a {typeof(T).Name}."));
    }

    // No answer at all, too many requests, or a gateway that cannot reach the service behind it.
    private static bool MayPass(int status) => status is 0 or 429 or 502 or 503 or 504;

    private TimeSpan? RetryAfter(HttpResponseMessage response) => response.Headers.RetryAfter switch
    {
        { Delta: { } delta } => delta,
        { Date: { } date } => date - time.GetUtcNow(),
        _ => null,
    };
}
