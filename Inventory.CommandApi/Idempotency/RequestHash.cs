using System.Buffers.Binary;
using System.Security.Cryptography;
using Inventory.CommandApi.Lines;

namespace Inventory.CommandApi.Idempotency;

/// <summary>
/// Identifies what a request asks for, whatever the order of its lines and the white space of its JSON.
/// </summary>
internal static class RequestHash
{
    private const int LineBytes = sizeof(long) + sizeof(int) + sizeof(int);

    /// <returns>32 bytes.</returns>
    public static byte[] Of(SortedLines lines)
    {
        var bytes = new byte[lines.Count * LineBytes];
        var rest = bytes.AsSpan();
        foreach (var line in lines)
        {
            BinaryPrimitives.WriteInt64BigEndian(rest, line.VendorItemId);
            BinaryPrimitives.WriteInt32BigEndian(rest[sizeof(long)..], line.FulfillmentCenterId);
            BinaryPrimitives.WriteInt32BigEndian(rest[(sizeof(long) + sizeof(int))..], line.Quantity);
            rest = rest[LineBytes..];
        }

        return SHA256.HashData(bytes);
    }
}
