using Inventory.Gateway.Clients;
using Inventory.Gateway.Forwarding;
using Inventory.Gateway.Health;
using Inventory.Gateway.Limits;
using Inventory.ServiceDefaults;
using Inventory.ServiceDefaults.Authentication;

namespace Inventory.Gateway;

/// <summary>The one door: what a request meets, from top to bottom, before it reaches the service behind.</summary>
internal static class GatewayApplication
{
    public static WebApplication Build(string[] args)
    {
        var builder = WebApplication.CreateBuilder(args);
        builder.AddServiceDefaults();
        builder.WebHost.ConfigureKestrel(ConnectionLimits.Apply);
        builder.Services.AddTrustedProxies(builder.Configuration);
        builder.Services.AddBearerAuthentication();
        builder.Services.AddRateLimits(builder.Configuration);
        builder.Services.AddForwarding(builder.Configuration);
        builder.Services.AddHealthChecks().AddCheck<RoutesHealthCheck>(RoutesHealthCheck.Name);

        var app = builder.Build();
        app.UseForwardedHeaders();
        app.UseMiddleware<SecurityHeaders>();
        app.UseServiceDefaults();
        app.UseMiddleware<BodyLimit>();
        app.UseAuthentication();
        app.UseRateLimiter();
        app.UseAuthorization();
        app.MapForwarding();
        return app;
    }
}
