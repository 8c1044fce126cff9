using Inventory.Gateway;
using Inventory.Tests.Hosting;

namespace Inventory.Tests.Gateway;

/// <summary>The real gateway with its real appsettings.json, in front of <see cref="Upstream"/>s.</summary>
internal static class GatewayHost
{
    public static Task<ServiceHost> StartAsync(params (string Key, string Value)[] settings) =>
        ServiceHost.StartAsync(GatewayApplication.Build(ServiceHost.Arguments(
            "Inventory.Gateway",
            [.. Tokens.Settings, .. settings.Select(setting => KeyValuePair.Create(setting.Key, setting.Value))])));

    public static (string Key, string Value) QueryApi(Upstream upstream, int index = 0) =>
        ($"services:query-api:http:{index}", upstream.Address);

    public static (string Key, string Value) CommandApi(Upstream upstream, int index = 0) =>
        ($"services:command-api:http:{index}", upstream.Address);

    /// <summary>An address at which nobody listens.</summary>
    public static (string Key, string Value) Nobody(string service, int index = 0) =>
        ($"services:{service}:http:{index}", "http://127.0.0.1:1");
}
