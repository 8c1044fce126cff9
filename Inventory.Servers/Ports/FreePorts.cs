using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;

namespace Inventory.Servers.Ports;

/// <summary>
/// Finds ports that nobody listens on, below the range from which the kernel takes the ports of outgoing connections.
/// One from that range, which binding to port 0 gives, can be taken by any client while its server is being restarted;
/// a client that keeps knocking at a dead server on loopback even connects to itself and so keeps the server out.
/// </summary>
public static class FreePorts
{
    private const int Lowest = 10_240;
    private const int Attempts = 1_000;

    private static readonly HashSet<int> Taken = [];
    private static readonly Lock TakenLock = new();
    private static readonly int FirstOutgoing = ReadFirstOutgoing();

    /// <summary>A port that is free on all of the addresses, never the same one twice.</summary>
    public static int Take(params ReadOnlySpan<IPAddress> addresses)
    {
        lock (TakenLock)
        {
            for (var attempt = 0; attempt < Attempts; attempt++)
            {
                var port = RandomNumberGenerator.GetInt32(Lowest, FirstOutgoing);
                if (!Taken.Contains(port) && IsFree(port, addresses))
                {
                    Taken.Add(port);
                    return port;
                }
            }
        }

        throw new ServerStartException($"No free port was found between {Lowest} and {FirstOutgoing}.");
    }

    public static bool IsFree(int port, params ReadOnlySpan<IPAddress> addresses)
    {
        foreach (var address in addresses)
        {
            try
            {
                using var listener = new TcpListener(address, port);
                listener.Start();
            }
            catch (SocketException)
            {
                return false;
            }
        }

        return true;
    }

    private static int ReadFirstOutgoing()
    {
        try
        {
            var range = File.ReadAllText("/proc/sys/net/ipv4/ip_local_port_range").Split((char[]?)null, 2);
            var first = int.Parse(range[0], CultureInfo.InvariantCulture);
            return Math.Max(first, Lowest + Attempts);
        }
        catch (IOException)
        {
            return 32_768;
        }
    }
}
