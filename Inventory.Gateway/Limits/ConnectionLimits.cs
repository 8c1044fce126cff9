using Inventory.ServiceDefaults.Requests;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace Inventory.Gateway.Limits;

/// <summary>What one connection may cost before its request is understood: slow and oversized senders end.</summary>
internal static class ConnectionLimits
{
    // A request of ours has a short path and a token of 1 to 2 KB; the services behind keep Kestrel's larger defaults,
    // so that what is let in here with its X-Forwarded-* headers is never refused there.
    private const int MaximumRequestLineBytes = 4 * 1024;
    private const int MaximumHeaderBytes = 16 * 1024;
    private const int MaximumHeaders = 64;

    private static readonly TimeSpan HeaderTimeout = TimeSpan.FromSeconds(10);

    // The largest body at this rate takes 128 s; a phone on a bad network sends a usual one within the grace.
    private static readonly MinDataRate BodyRate = new(bytesPerSecond: 2_048, gracePeriod: TimeSpan.FromSeconds(5));

    public static void Apply(KestrelServerOptions kestrel)
    {
        kestrel.Limits.MaxRequestBodySize = RequestLimits.MaximumBodyBytes;
        kestrel.Limits.MaxRequestLineSize = MaximumRequestLineBytes;
        kestrel.Limits.MaxRequestHeadersTotalSize = MaximumHeaderBytes;
        kestrel.Limits.MaxRequestHeaderCount = MaximumHeaders;
        kestrel.Limits.RequestHeadersTimeout = HeaderTimeout;
        kestrel.Limits.MinRequestBodyDataRate = BodyRate;
    }
}
