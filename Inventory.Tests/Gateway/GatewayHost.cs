using Inventory.Gateway;
using Inventory.Tests.Hosting;
using Microsoft.Extensions.DependencyInjection;

namespace Inventory.Tests.Gateway;

/// <summary>The real gateway with its real appsettings.json, in front of <see cref="Upstream"/>s.</summary>
internal static class GatewayHost
{
    public static Task<ServiceHost> StartAsync(params (string Key, string Value)[] settings) => StartAsync(null, settings);

    /// <param name="services">Replaces some of the gateway's.</param>
    /// <param name="settings">Of its configuration.</param>
    public static Task<ServiceHost> StartAsync(
        Action<IServiceCollection>? services, params (string Key, string Value)[] settings) =>
        ServiceHost.StartAsync(GatewayApplication.Build(
            ServiceHost.Arguments(
                "Inventory.Gateway",
                [.. Tokens.Settings, .. settings.Select(setting => KeyValuePair.Create(setting.Key, setting.Value))]),
            services));

    public static (string Key, string Value) QueryApi(Upstream upstream, int index = 0) =>
        ($"services:query-api:http:{index}", upstream.Address);

    public static (string Key, string Value) CommandApi(Upstream upstream, int index = 0) =>
        ($"services:command-api:http:{index}", upstream.Address);

    /// <summary>An address at which nobody listens.</summary>
    public static (string Key, string Value) Nobody(string service, int index = 0) =>
        ($"services:{service}:http:{index}", "http://127.0.0.1:1");
}
