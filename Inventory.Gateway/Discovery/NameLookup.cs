using System.Net;

namespace Inventory.Gateway.Discovery;

/// <summary>
/// Asks the name server for every address of a host, as <see cref="Dns.GetHostAddressesAsync(string, CancellationToken)"/> does.
/// </summary>
/// <exception cref="System.Net.Sockets.SocketException">It has none, or the name server does not answer.</exception>
internal delegate Task<IPAddress[]> NameLookup(string host, CancellationToken cancellationToken);
