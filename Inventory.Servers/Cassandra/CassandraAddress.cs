using System.Net;

namespace Inventory.Servers.Cassandra;

/// <param name="Number">1, 2, ...</param>
/// <param name="NativePort">For clients; the same on all nodes.</param>
/// <param name="StoragePort">For the other nodes; the same on all.</param>
internal sealed record CassandraAddress(int Number, int NativePort, int StoragePort)
{
    public IPAddress Address { get; } = Of(Number);

    public IPEndPoint EndPoint => new(Address, NativePort);

    /// <summary>All of 127.0.0.0/8 is this machine, on Linux without further setup.</summary>
    public static IPAddress Of(int number) => new([127, 0, 0, checked((byte)number)]);
}
