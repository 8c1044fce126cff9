using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using Inventory.CommandApi.Inbounds;
using Inventory.Contracts.Orders;

namespace Inventory.CommandApi.Idempotency;

/// <summary>
/// Identifies what a request asks for, whatever the order of its lines and the white space of its JSON. 16 bytes of
/// SHA-256: nobody gains by finding two bodies for an id of his own, and every order stores them.
/// </summary>
internal static class RequestHash
{
    private const int Bytes = 16;

    /// <summary>Of an order, or with a time to hold of a reservation.</summary>
    public static byte[] Of(IEnumerable<QuantityLine> lines, TimeSpan? hold = null, bool allowPartial = false)
    {
        using var content = new Content();
        foreach (var line in lines)
        {
            content.Add(line.VendorItemId).Add(line.FulfillmentCenterId).Add(line.Quantity);
        }

        // What orders of before had not, so that theirs hash as they did.
        foreach (var line in lines.Where(line => line.ExpectedVersion is not null))
        {
            content.Add("expected").Add(line.VendorItemId).Add(line.FulfillmentCenterId).Add(line.ExpectedVersion!.Value);
        }

        if (hold is { } time)
        {
            content.Add("reservation").Add(time.Ticks).Add(allowPartial ? 1 : 0);
        }

        return content.Hash();
    }

    /// <summary>Of a cancellation.</summary>
    /// <param name="orderId">Of the order.</param>
    /// <param name="lines">By stock key, or null for all that is left.</param>
    public static byte[] OfCancellation(Guid orderId, IReadOnlyList<QuantityLine>? lines)
    {
        using var content = new Content();
        content.Add(lines is null ? "all" : "lines").Add(orderId.ToString());
        foreach (var line in lines ?? [])
        {
            content.Add(line.VendorItemId).Add(line.FulfillmentCenterId).Add(line.Quantity);
        }

        return content.Hash();
    }

    /// <summary>Of an inbound, or with a reason of a correction.</summary>
    public static byte[] Of(IReadOnlyList<ReceiptLine> lines, string? reason)
    {
        using var content = new Content();
        foreach (var line in lines)
        {
            content.Add(line.Key.VendorItemId).Add(line.Key.FulfillmentCenterId).Add(line.Change);
        }

        return (reason is null ? content : content.Add("correction").Add(reason)).Hash();
    }

    /// <summary>Whether both are of the same request; one of before this build has 32 bytes.</summary>
    public static bool AreEqual(byte[] stored, byte[] given) => stored.AsSpan(0, Bytes).SequenceEqual(given);

    private sealed class Content : IDisposable
    {
        private readonly IncrementalHash _hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);

        public Content Add(long value)
        {
            Span<byte> bytes = stackalloc byte[sizeof(long)];
            BinaryPrimitives.WriteInt64BigEndian(bytes, value);
            _hash.AppendData(bytes);
            return this;
        }

        public Content Add(int value)
        {
            Span<byte> bytes = stackalloc byte[sizeof(int)];
            BinaryPrimitives.WriteInt32BigEndian(bytes, value);
            _hash.AppendData(bytes);
            return this;
        }

        public Content Add(string text)
        {
            _hash.AppendData(Encoding.UTF8.GetBytes(text));
            return this;
        }

        public byte[] Hash() => _hash.GetHashAndReset()[..Bytes];

        public void Dispose() => _hash.Dispose();
    }
}
