using Inventory.CommandApi.Inbounds;
using Inventory.CommandApi.Orders;
using Inventory.CommandApi.Orders.Grouping;
using Inventory.CommandApi.Stock;
using Inventory.CommandApi.Telemetry;
using Inventory.Postgres;
using Inventory.ServiceDefaults;
using Inventory.ServiceDefaults.Authentication;
using Inventory.ServiceDefaults.Requests;

namespace Inventory.CommandApi;

/// <summary>The only writer of truth: orders, cancellations and inbound receipts.</summary>
internal static class CommandApiApplication
{
    public static WebApplication Build(string[] args)
    {
        var builder = WebApplication.CreateBuilder(args);
        builder.AddServiceDefaults();
        builder.AddPostgres();
        builder.Services.AddBearerAuthentication();
        builder.Services.AddSingleton<StockTransactions>();
        builder.Services.AddSingleton<CommandTelemetry>();
        builder.Services.AddOrderLanes();
        builder.Services.AddSingleton<PlaceOrder>();
        builder.Services.AddSingleton<CancelOrder>();
        builder.Services.AddSingleton<FindOrder>();
        builder.Services.AddSingleton<ReceiveInbound>();
        builder.WebHost.ConfigureKestrel(kestrel =>
            kestrel.Limits.MaxRequestBodySize = RequestLimits.MaximumBodyBytes);

        var app = builder.Build();
        app.UseServiceDefaults();
        app.UseAuthentication();
        app.UseAuthorization();
        app.MapOrders();
        app.MapInbounds();
        return app;
    }
}
