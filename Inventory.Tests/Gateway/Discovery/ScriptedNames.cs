using System.Net;
using System.Net.Sockets;

namespace Inventory.Tests.Gateway.Discovery;

/// <summary>A name server of one host that says what the test wants.</summary>
internal sealed class ScriptedNames
{
    /// <summary>Null while it fails.</summary>
    public string[]? Addresses { get; set; } = [];

    /// <summary>Whether it answers at all.</summary>
    public bool Hangs { get; set; }

    public int Questions { get; private set; }

    public async Task<IPAddress[]> LookUpAsync(string host, CancellationToken cancellationToken)
    {
        Questions++;
        if (Hangs)
        {
            // As some do, without a look at the token.
            await new TaskCompletionSource().Task;
        }

        return Addresses?.Select(IPAddress.Parse).ToArray() ?? throw new SocketException((int)SocketError.TryAgain);
    }
}
