using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using System.Text;
using Inventory.Cassandra.Errors;

namespace Inventory.Cassandra.Protocol;

/// <summary>
/// Reads the notations of section 3 from a frame's body, in order. Every read is checked against what is left, so
/// a lying length ends in <see cref="CassandraProtocolException"/> and nowhere else.
/// </summary>
internal ref partial struct BodyReader(ReadOnlySpan<byte> body)
{
    private ReadOnlySpan<byte> _rest = body;

    public readonly int Remaining => _rest.Length;

    public byte ReadByte() => Take(1)[0];

    public ushort ReadShort() => BinaryPrimitives.ReadUInt16BigEndian(Take(sizeof(ushort)));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public int ReadInt() => BinaryPrimitives.ReadInt32BigEndian(Take(sizeof(int)));

    /// <summary>[bytes]: a negative length is null, told apart from an empty value by the result.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool TryReadBytes(out ReadOnlySpan<byte> value)
    {
        var length = ReadInt();
        if (length < 0)
        {
            value = default;
            return false;
        }

        value = Take(length);
        return true;
    }

    public ReadOnlySpan<byte> ReadShortBytes() => Take(ReadShort());

    public string ReadString() => Text(Take(ReadShort()));

    /// <summary>A count of elements that each take at least so many bytes: more can't be in what is left.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public int ReadCount(int bytesPerElement)
    {
        var count = ReadInt();
        if (count < 0 || (long)count * bytesPerElement > _rest.Length)
        {
            ThrowCount(count);
        }

        return count;
    }

    public ReadOnlySpan<byte> ReadRest() => Take(_rest.Length);

    public void Skip(int count) => Take(count);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private ReadOnlySpan<byte> Take(int count)
    {
        var rest = _rest;
        if ((uint)count > (uint)rest.Length)
        {
            ThrowTruncated(count);
        }

        _rest = rest[count..];
        return rest[..count];
    }

    private static string Text(ReadOnlySpan<byte> utf8) => Encoding.UTF8.GetString(utf8);

    [DoesNotReturn]
    private readonly void ThrowTruncated(int wanted) => throw new CassandraProtocolException(
        $"A frame's body ended early: {wanted} bytes were to follow, {_rest.Length} are left.");

    [DoesNotReturn]
    private readonly void ThrowCount(int count) => throw new CassandraProtocolException(
        $"A frame's body announced {count} elements in {_rest.Length} bytes.");
}
