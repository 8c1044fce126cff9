using System.Net;
using System.Net.Sockets;

namespace Inventory.Gateway.Limits;

/// <summary>Who is counted together: an authenticated subject, or else an address.</summary>
internal readonly record struct RateLimitClient(string? Subject, IPAddress? Address)
{
    private const int RoutedBytesOfIPv6 = 8;

    public static RateLimitClient BySubject(HttpContext context) =>
        context.User.FindFirst("sub")?.Value is { Length: > 0 } subject
            ? new(subject, Address: null)
            : ByAddress(context);

    public static RateLimitClient ByAddress(HttpContext context) =>
        new(Subject: null, Simplify(context.Connection.RemoteIpAddress));

    // One subscriber usually gets a whole /64 of IPv6: counted by address it would never run out of buckets.
    private static IPAddress? Simplify(IPAddress? address)
    {
        if (address?.AddressFamily != AddressFamily.InterNetworkV6)
        {
            return address;
        }

        if (address.IsIPv4MappedToIPv6)
        {
            return address.MapToIPv4();
        }

        Span<byte> bytes = stackalloc byte[16];
        address.TryWriteBytes(bytes, out _);
        bytes[RoutedBytesOfIPv6..].Clear();
        return new IPAddress(bytes);
    }
}
