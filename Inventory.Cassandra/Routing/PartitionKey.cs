using System.Buffers.Binary;
using Inventory.Contracts.Stocks;

namespace Inventory.Cassandra.Routing;

/// <summary>The tokens of the partition keys of both tables, from the bytes that Cassandra hashes.</summary>
internal static class PartitionKey
{
    // Each component of a composite key: its length in two bytes, its bytes, and a zero.
    private const int CompositeSize = (2 + sizeof(long) + 1) + (2 + sizeof(int) + 1);

    /// <summary>Of <c>stocks</c>: (vendor_item_id, fulfillment_center_id).</summary>
    public static long TokenOf(StockKey key)
    {
        // Not through memory: reading what was just written in pieces of another size waits until they have left the core's
        // store buffer.
        var item = BinaryPrimitives.ReverseEndianness((ulong)key.VendorItemId);
        var center = BinaryPrimitives.ReverseEndianness((uint)key.FulfillmentCenterId);
        return Murmur3Token.Of(
            (item << 16) | (sizeof(long) << 8),
            (item >> 48) | ((ulong)sizeof(int) << 32) | ((ulong)center << 40),
            (byte)(center >> 24),
            CompositeSize);
    }

    /// <summary>Of <c>stocks_by_item</c>: a single column is hashed as it is.</summary>
    public static long TokenOf(long vendorItemId)
    {
        Span<byte> bytes = stackalloc byte[sizeof(long)];
        BinaryPrimitives.WriteInt64BigEndian(bytes, vendorItemId);
        return Murmur3Token.Of(bytes);
    }
}
