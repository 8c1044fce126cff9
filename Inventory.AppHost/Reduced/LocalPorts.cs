using System.Globalization;
using System.Net;
using Inventory.Servers;
using Inventory.Servers.Ports;

namespace Inventory.AppHost.Reduced;

/// <summary>Ports on loopback for what this program starts.</summary>
internal static class LocalPorts
{
    public static int Take() => FreePorts.Take(IPAddress.Loopback);

    /// <returns>The port that was asked for, or any free one for 0.</returns>
    /// <exception cref="ServerStartException">Somebody listens there.</exception>
    public static int Resolve(int wanted, string name) =>
        wanted == 0 ? Take()
        : FreePorts.IsFree(wanted, IPAddress.Loopback) ? wanted
        : throw new ServerStartException(string.Create(
            CultureInfo.InvariantCulture,
            $"{name} cannot start: port {wanted} is already in use. Stop what uses it, or choose another with --{name}-port."));

    public static Uri Address(int port) => new(string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{port}"));
}
