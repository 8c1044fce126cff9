using System.Globalization;
using System.Net;
using Aspire.Hosting;
using Inventory.Contracts.Composition;
using Inventory.Servers.Ports;

namespace Inventory.AppHost.Running;

/// <summary>
/// Where this run listens, all on loopback. The usual ports if they are free and any others if not, so that a second checkout
/// starts beside the first.
/// </summary>
internal static class LocalPorts
{
    private const int UsualDashboard = 18_888;
    private const int UsualTelemetry = 4317;
    private const int UsualResourceService = 20_000;

    public static int Any() => FreePorts.Take(IPAddress.Loopback);

    /// <exception cref="DistributedApplicationException">A port was asked for that somebody has.</exception>
    public static int Gateway(RunOptions options) => Resolve(options.GatewayPort, ServicePorts.Gateway, "gateway");

    /// <summary>Tells Aspire where its dashboard and what belongs to it are to listen, unless it was told already.</summary>
    public static void ChooseDashboard(IDistributedApplicationBuilder builder, RunOptions options)
    {
        SetIfOpen("ASPNETCORE_URLS", () => Resolve(options.DashboardPort, UsualDashboard, "dashboard"));
        SetIfOpen("ASPIRE_DASHBOARD_OTLP_ENDPOINT_URL", () => Resolve(null, UsualTelemetry, "telemetry"));
        SetIfOpen("ASPIRE_RESOURCE_SERVICE_ENDPOINT_URL", () => Resolve(null, UsualResourceService, "resource-service"));

        void SetIfOpen(string key, Func<int> port)
        {
            if (string.IsNullOrEmpty(builder.Configuration[key]))
            {
                builder.Configuration[key] = string.Create(CultureInfo.InvariantCulture, $"http://localhost:{port()}");
            }
        }
    }

    private static int Resolve(int? asked, int usual, string name) => asked switch
    {
        null => FreePorts.IsFree(usual, IPAddress.Loopback, IPAddress.IPv6Loopback) ? usual : Any(),
        0 => Any(),
        { } port when FreePorts.IsFree(port, IPAddress.Loopback) => port,
        { } port => throw new DistributedApplicationException(string.Create(
            CultureInfo.InvariantCulture,
            $"{name} cannot start: port {port} is already in use. Stop what uses it, or choose another with --{name}-port.")),
    };
}
