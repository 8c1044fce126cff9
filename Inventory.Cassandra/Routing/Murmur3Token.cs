using System.Buffers.Binary;
using System.Numerics;

namespace Inventory.Cassandra.Routing;

/// <summary>
/// The token of a partition key: the first half of Murmur3 x64 128 as Cassandra computes it, which sign-extends the
/// bytes of the last, incomplete block where the original takes them as unsigned.
/// </summary>
internal static class Murmur3Token
{
    private const ulong C1 = 0x87c37b91114253d5;
    private const ulong C2 = 0x4cf5ad432745937f;
    private const int BlockSize = 16;

    public static long Of(ReadOnlySpan<byte> key)
    {
        ulong h1 = 0;
        ulong h2 = 0;
        var rest = key;
        while (rest.Length >= BlockSize)
        {
            h1 ^= MixFirst(BinaryPrimitives.ReadUInt64LittleEndian(rest));
            h1 = (BitOperations.RotateLeft(h1, 27) + h2) * 5 + 0x52dce729;
            h2 ^= MixSecond(BinaryPrimitives.ReadUInt64LittleEndian(rest[8..]));
            h2 = (BitOperations.RotateLeft(h2, 31) + h1) * 5 + 0x38495ab5;
            rest = rest[BlockSize..];
        }

        if (rest.Length > 8)
        {
            h2 ^= MixSecond(SignExtended(rest[8..]));
        }

        if (rest.Length > 0)
        {
            h1 ^= MixFirst(SignExtended(rest[..Math.Min(rest.Length, 8)]));
        }

        h1 ^= (ulong)key.Length;
        h2 ^= (ulong)key.Length;
        h1 += h2;
        h2 += h1;
        h1 = Finish(h1) + Finish(h2);

        // The lowest token marks the start of the ring and belongs to no key.
        var token = (long)h1;
        return token == long.MinValue ? long.MaxValue : token;
    }

    private static ulong SignExtended(ReadOnlySpan<byte> bytes)
    {
        ulong value = 0;
        for (var index = 0; index < bytes.Length; index++)
        {
            value ^= (ulong)(sbyte)bytes[index] << (8 * index);
        }

        return value;
    }

    private static ulong MixFirst(ulong block) => BitOperations.RotateLeft(block * C1, 31) * C2;

    private static ulong MixSecond(ulong block) => BitOperations.RotateLeft(block * C2, 33) * C1;

    private static ulong Finish(ulong value)
    {
        value ^= value >> 33;
        value *= 0xff51afd7ed558ccd;
        value ^= value >> 33;
        value *= 0xc4ceb9fe1a85ec53;
        return value ^ (value >> 33);
    }
}
