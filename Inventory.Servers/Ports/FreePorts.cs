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

    /// <summary>From here on a Kubernetes on this machine gives ports to its services.</summary>
    private const int FirstNodePort = 30_000;

    private static readonly HashSet<int> Taken = [];
    private static readonly Lock TakenLock = new();
    private static readonly int Beyond = Math.Min(ReadFirstOutgoing(), FirstNodePort);

    /// <summary>A port that is free on all of the addresses, never the same one twice.</summary>
    public static int Take(params ReadOnlySpan<IPAddress> addresses) => TakeBlock(1, addresses);

    /// <summary>The first of several ports in a row that are free on all of the addresses, none of them given before.</summary>
    public static int TakeBlock(int count, params ReadOnlySpan<IPAddress> addresses)
    {
        lock (TakenLock)
        {
            for (var attempt = 0; attempt < Attempts; attempt++)
            {
                var first = RandomNumberGenerator.GetInt32(Lowest, Beyond - count + 1);
                if (IsFreeBlock(first, count, addresses))
                {
                    Taken.UnionWith(Enumerable.Range(first, count));
                    return first;
                }
            }
        }

        throw new ServerStartException($"No {count} free port(s) in a row were found between {Lowest} and {Beyond}.");
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

    private static bool IsFreeBlock(int first, int count, ReadOnlySpan<IPAddress> addresses)
    {
        for (var port = first; port < first + count; port++)
        {
            if (Taken.Contains(port) || !IsFree(port, addresses))
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
