using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace Inventory.Tools.Replay.Mapping;

/// <summary>Turns names into numbers that are the same in every file, on every machine and in every version.</summary>
internal static class IdentifierHash
{
    /// <summary>What JavaScript can hold exactly, so that a browser may read the ids too.</summary>
    public const long LargestVendorItemId = (1L << 53) - 1;

    public const int LargestFulfillmentCenterId = int.MaxValue;

    public static string Normalise(string name) => name.Trim().ToUpperInvariant();

    public static long VendorItemId(string stockCode) => Hash("vendor-item", stockCode, LargestVendorItemId);

    public static long FulfillmentCenterId(string country) => Hash("fulfillment-center", country, LargestFulfillmentCenterId);

    // 1 to largest. The kind keeps a country and an item of the same name apart.
    private static long Hash(string kind, string name, long largest)
    {
        var digest = SHA256.HashData(Encoding.UTF8.GetBytes($"{kind}\0{Normalise(name)}"));
        return (long)(BinaryPrimitives.ReadUInt64BigEndian(digest) % (ulong)largest) + 1;
    }
}
