using System.Net;

namespace Inventory.Servers.Ports;

/// <summary>Resolves the port that was asked for: that one if it is free, any free one for 0.</summary>
internal static class PortPlan
{
    public const int Attempts = 3;

    public static int Resolve(int wanted, string name, params ReadOnlySpan<IPAddress> addresses)
    {
        if (wanted == 0)
        {
            return FreePorts.Take(addresses);
        }

        return FreePorts.IsFree(wanted, addresses)
            ? wanted
            : throw new ServerStartException($"{name} cannot start: port {wanted} is already in use.");
    }

    /// <summary>Starts again on other ports if somebody took one between our choice and the server's bind.</summary>
    public static async Task<T> StartAsync<T>(Func<Task<T>> start)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                return await start();
            }
            catch (ServerStartException exception) when (exception.PortWasTaken && attempt < Attempts)
            {
            }
        }
    }
}
