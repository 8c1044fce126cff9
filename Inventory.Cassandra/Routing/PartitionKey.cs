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
        Span<byte> bytes = stackalloc byte[CompositeSize];
        BinaryPrimitives.WriteUInt16BigEndian(bytes, sizeof(long));
        BinaryPrimitives.WriteInt64BigEndian(bytes[2..], key.VendorItemId);
        bytes[10] = 0;
        BinaryPrimitives.WriteUInt16BigEndian(bytes[11..], sizeof(int));
        BinaryPrimitives.WriteInt32BigEndian(bytes[13..], key.FulfillmentCenterId);
        bytes[17] = 0;
        return Murmur3Token.Of(bytes);
    }

    /// <summary>Of <c>stocks_by_item</c>: a single column is hashed as it is.</summary>
    public static long TokenOf(long vendorItemId)
    {
        Span<byte> bytes = stackalloc byte[sizeof(long)];
        BinaryPrimitives.WriteInt64BigEndian(bytes, vendorItemId);
        return Murmur3Token.Of(bytes);
    }
}
