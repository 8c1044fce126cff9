using System.Net;
using Microsoft.Extensions.Primitives;

namespace Inventory.Gateway.Discovery;

/// <param name="Addresses">In order, each once; none before the first answer.</param>
/// <param name="Outdated">Tells when there is another answer.</param>
internal sealed record HostAnswer(IReadOnlyList<IPAddress> Addresses, IChangeToken Outdated);
