using System.Text.Json;
using Inventory.Contracts;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace Inventory.Tools.Bench.Orders;

/// <summary><see cref="NaiveOrder"/> behind a minimal API, without authentication, logging or validation.</summary>
internal static class NaiveOrderServer
{
    public const string CommandName = "bench-naive-orders";

    public const string ConnectionVariable = "INVENTORY_BENCH_DATABASE";

    public static async Task RunAsync(CancellationToken cancellationToken)
    {
        var builder = WebApplication.CreateBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.AddServerHeader = false);
        await using var app = builder.Build();
        await using var dataSource = NpgsqlDataSource.Create(
            Environment.GetEnvironmentVariable(ConnectionVariable)
            ?? throw new ToolException($"{ConnectionVariable} is not set."));
        var orders = new NaiveOrder(dataSource);
        app.MapGet("/health", () => Results.Ok());
        app.MapPost("/orders", async (HttpContext context) =>
        {
            var order = await JsonSerializer.DeserializeAsync(
                context.Request.Body, ApiJson.Default.PlaceOrderRequest, context.RequestAborted);
            return await orders.PlaceAsync(order!, context.RequestAborted)
                ? Results.StatusCode(StatusCodes.Status201Created)
                : Results.StatusCode(StatusCodes.Status409Conflict);
        });
        await app.StartAsync(cancellationToken);
        await app.WaitForShutdownAsync(cancellationToken);
    }
}
