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
    private const ulong FirstSum = 0x52dce729;
    private const ulong SecondSum = 0x38495ab5;

    public static long Of(ReadOnlySpan<byte> key)
    {
        ulong h1 = 0;
        ulong h2 = 0;
        var rest = key;
        while (rest.Length >= BlockSize)
        {
            MixBlock(
                ref h1,
                ref h2,
                BinaryPrimitives.ReadUInt64LittleEndian(rest),
                BinaryPrimitives.ReadUInt64LittleEndian(rest[8..]));
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

        return End(h1, h2, key.Length);
    }

    /// <summary>The same of 17 or 18 bytes, the last of which, if there are 18, is zero: of a key that is in registers.</summary>
    /// <param name="first">The first eight bytes, little-endian.</param>
    /// <param name="second">The next eight.</param>
    /// <param name="last">The seventeenth.</param>
    /// <param name="length">17 or 18.</param>
    public static long Of(ulong first, ulong second, byte last, int length)
    {
        ulong h1 = 0;
        ulong h2 = 0;
        MixBlock(ref h1, ref h2, first, second);
        h1 ^= MixFirst((ulong)(sbyte)last);
        return End(h1, h2, length);
    }

    private static void MixBlock(ref ulong h1, ref ulong h2, ulong first, ulong second)
    {
        h1 ^= MixFirst(first);
        h1 = (BitOperations.RotateLeft(h1, 27) + h2) * 5 + FirstSum;
        h2 ^= MixSecond(second);
        h2 = (BitOperations.RotateLeft(h2, 31) + h1) * 5 + SecondSum;
    }

    private static long End(ulong h1, ulong h2, int length)
    {
        h1 ^= (ulong)length;
        h2 ^= (ulong)length;
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
