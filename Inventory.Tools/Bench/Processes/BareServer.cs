using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Inventory.Tools.Bench.Processes;

/// <summary>
/// The peer of <c>read.hot</c>: a minimal API on Kestrel, without logging, that answers every key with the same bytes and
/// headers as the query API, known beforehand. What it costs is the platform's; nobody can be much faster on it.
/// </summary>
internal static class BareServer
{
    public const string CommandName = "bench-bare-server";

    private static readonly byte[] Body =
        """{"vendorItemId":1,"fulfillmentCenterId":1,"stockCount":0,"version":1700000000000000,"updatedAt":"2026-11-22T08:30:00.123+00:00"}"""u8.ToArray();

    public static async Task RunAsync(CancellationToken cancellationToken)
    {
        var builder = WebApplication.CreateBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.AddServerHeader = false);
        await using var app = builder.Build();
        app.MapGet("/stocks/{vendorItemId}/{fulfillmentCenterId}", Answer);
        await app.StartAsync(cancellationToken);
        await app.WaitForShutdownAsync(cancellationToken);
    }

    private static Task Answer(HttpContext context)
    {
        var headers = context.Response.Headers;
        headers.ETag = "\"1700000000000000\"";
        headers.CacheControl = "no-cache";
        headers.Age = "0";
        headers.ContentType = "application/json; charset=utf-8";
        headers.ContentLength = Body.Length;
        return context.Response.Body.WriteAsync(Body, 0, Body.Length, context.RequestAborted);
    }
}
