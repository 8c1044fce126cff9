using System.Collections.Concurrent;
using System.Globalization;
using System.Text.Json.Serialization.Metadata;
using Inventory.Contracts;
using Inventory.Contracts.Stocks;
using Inventory.Tools.Api;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Logging;

namespace Inventory.Tests.Tools.Api;

/// <summary>A gateway on a real socket with a little shop behind it, which misbehaves as told.</summary>
internal sealed class UnrulyGateway : IAsyncDisposable
{
    private readonly WebApplication _application;
    private readonly ConcurrentQueue<Misbehaviour> _misbehaviours = [];
    private int _requests;

    private UnrulyGateway()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        _application = builder.Build();
        _application.Use(MisbehaveAsync);
        _application.MapPost("/api/inbounds", async context => await AnswerAsync(
            context, Shop.Receive((await context.Request.ReadFromJsonAsync(ApiJson.Default.ReceiveInboundRequest))!), ApiJson.Default.InboundAnswer));
        _application.MapPost("/api/orders", async context => await AnswerAsync(
            context, Shop.Place((await context.Request.ReadFromJsonAsync(ApiJson.Default.PlaceOrderRequest))!), ApiJson.Default.OrderAnswer));
        _application.MapPost("/api/orders/{id:guid}/cancel", async context => await AnswerAsync(
            context, Shop.Cancel(Guid.Parse((string)context.GetRouteValue("id")!)), ApiJson.Default.OrderAnswer));
        _application.MapGet("/api/stocks/{item:long}/{center:int}", async context => await AnswerAsync(
            context, Shop.Read(KeyOf(context)), ApiJson.Default.StockAnswer));
        _application.MapPost("/api/stocks/batch", async context => await AnswerAsync(
            context, Shop.Read((await context.Request.ReadFromJsonAsync(ApiJson.Default.StockBatchRequest))!), ApiJson.Default.StockBatchAnswer));
    }

    public LittleShop Shop { get; } = new();

    public Uri Address { get; private set; } = null!;

    /// <summary>How many requests came, those that were treated badly included.</summary>
    public int Requests => Volatile.Read(ref _requests);

    /// <summary>Every how many requests one is treated badly, by turns in each way; 0 for never.</summary>
    public int MisbehaveEvery { get; set; }

    public static async Task<UnrulyGateway> StartAsync()
    {
        var gateway = new UnrulyGateway();
        await gateway._application.StartAsync(TestContext.Current.CancellationToken);
        gateway.Address = new Uri(gateway._application.Urls.Single());
        return gateway;
    }

    /// <summary>The next requests are treated like this, one each.</summary>
    public void Misbehave(params Misbehaviour[] misbehaviours)
    {
        foreach (var misbehaviour in misbehaviours)
        {
            _misbehaviours.Enqueue(misbehaviour);
        }
    }

    public async ValueTask DisposeAsync() => await _application.DisposeAsync();

    private async Task MisbehaveAsync(HttpContext context, RequestDelegate next)
    {
        var number = Interlocked.Increment(ref _requests);
        if (!_misbehaviours.TryDequeue(out var misbehaviour) && MisbehaveEvery > 0 && number % MisbehaveEvery == 0)
        {
            misbehaviour = (Misbehaviour)(1 + (number / MisbehaveEvery % (int)Misbehaviour.DropAfterwards));
        }

        switch (misbehaviour)
        {
            case Misbehaviour.RateLimited:
                context.Response.Headers.RetryAfter = "1";
                await RefuseAsync(context, new GatewayProblem(429, "RATE_LIMITED", "Too many."));
                break;
            case Misbehaviour.RateLimitedBriefly:
                await RefuseAsync(context, new GatewayProblem(429, "RATE_LIMITED", "Too many."));
                break;
            case Misbehaviour.Unavailable:
                await RefuseAsync(context, new GatewayProblem(503, "UNAVAILABLE", "Not now."));
                break;
            case Misbehaviour.DropBefore:
                context.Abort();
                break;
            case Misbehaviour.DropAfterwards:
                await next(Detached(context));
                context.Abort();
                break;
            default:
                await next(context);
                break;
        }
    }

    // The request is done, and its answer goes nowhere.
    private static HttpContext Detached(HttpContext context)
    {
        context.Response.Body = new MemoryStream();
        return context;
    }

    private static StockKey KeyOf(HttpContext context) => new(
        long.Parse((string)context.GetRouteValue("item")!, CultureInfo.InvariantCulture),
        int.Parse((string)context.GetRouteValue("center")!, CultureInfo.InvariantCulture));

    private static Task AnswerAsync<T>(
        HttpContext context, GatewayReply<T> reply, JsonTypeInfo<T> type)
        where T : class =>
        reply.TryGet(out var answer, out var problem)
            ? context.Response.WriteAsJsonAsync(answer, type)
            : RefuseAsync(context, problem);

    private static Task RefuseAsync(HttpContext context, GatewayProblem problem)
    {
        context.Response.StatusCode = problem.Status;
        context.Response.ContentType = "application/problem+json";
        return context.Response.WriteAsync($$"""{"status":{{problem.Status}},"code":"{{problem.Code}}","detail":"{{problem.Detail}}"}""");
    }
}
