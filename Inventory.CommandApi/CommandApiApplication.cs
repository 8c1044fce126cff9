using Inventory.CommandApi.Commands;
using Inventory.CommandApi.Inbounds;
using Inventory.CommandApi.Ledger;
using Inventory.CommandApi.Limits;
using Inventory.CommandApi.Orders;
using Inventory.CommandApi.Reservations;
using Inventory.CommandApi.Retention;
using Inventory.CommandApi.Stock;
using Inventory.CommandApi.Telemetry;
using Inventory.Postgres;
using Inventory.ServiceDefaults;
using Inventory.ServiceDefaults.Authentication;
using Inventory.ServiceDefaults.Requests;

namespace Inventory.CommandApi;

/// <summary>The only writer of truth: orders, reservations, inbound receipts and corrections.</summary>
internal static class CommandApiApplication
{
    public static WebApplication Build(string[] args)
    {
        var builder = WebApplication.CreateBuilder(args);
        builder.AddServiceDefaults();
        builder.AddPostgres();
        builder.Services.AddBearerAuthentication();
        builder.Services.AddClientRateLimit();
        builder.Services.AddSingleton<StockTransactions>();
        builder.Services.AddSingleton<CommandTelemetry>();
        builder.Services.AddCommandLanes();
        builder.Services.AddReservations();
        builder.Services.AddRetention();
        builder.Services.AddSingleton<FindOrder>();
        builder.Services.AddSingleton<ReadLedger>();
        builder.Services.AddOpenApi();
        builder.WebHost.ConfigureKestrel(kestrel =>
            kestrel.Limits.MaxRequestBodySize = RequestLimits.MaximumBodyBytes);

        var app = builder.Build();
        app.UseServiceDefaults();
        app.UseAuthentication();
        app.UseRateLimiter();
        app.UseAuthorization();
        app.MapOrders();
        app.MapReservations();
        app.MapInbounds();
        app.MapCorrections();
        app.MapLedger();
        app.MapOpenApi();
        return app;
    }
}
