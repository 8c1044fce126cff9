using System.Net;
using System.Net.Sockets;

namespace Inventory.Gateway.Discovery;

/// <summary>Asks for the addresses of a host.</summary>
internal interface IHostLookup
{
    /// <remarks>May take as long as it likes: whoever asks does not wait for ever, and asks nothing else meanwhile.</remarks>
    /// <exception cref="SocketException">The name server fails, or has none.</exception>
    Task<IPAddress[]> LookUpAsync(string host);
}
