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
    /// <param name="args">Settings.</param>
    /// <param name="services">Replaces services for a test.</param>
    public static WebApplication Build(string[] args, Action<IServiceCollection>? services = null)
    {
        var builder = WebApplication.CreateBuilder(args);
        builder.AddServiceDefaults();
        builder.WebHost.ConfigureKestrel(ConnectionLimits.Apply);
        builder.Services.AddTrustedProxies(builder.Configuration);
        builder.Services.AddBearerAuthentication();
        builder.Services.AddRateLimits(builder.Configuration);
        builder.Services.AddForwarding(builder.Configuration);
        builder.Services.AddHealthChecks().AddCheck<RoutesHealthCheck>(RoutesHealthCheck.Name);
        services?.Invoke(builder.Services);

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
