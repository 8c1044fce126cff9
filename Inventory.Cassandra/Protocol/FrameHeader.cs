using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using Inventory.Cassandra.Errors;

namespace Inventory.Cassandra.Protocol;

/// <summary>The nine bytes in front of every frame since protocol v3.</summary>
internal readonly struct FrameHeader(byte version, FrameFlags flags, short stream, Opcode opcode, int length)
{
    public const int Size = 9;

    /// <summary>The first byte's high bit: set in what a server sends.</summary>
    public const byte ResponseBit = 0x80;

    /// <summary>The stream of what nobody asked for: events.</summary>
    public const short EventStream = -1;

    public byte Version { get; } = version;

    public FrameFlags Flags { get; } = flags;

    public short Stream { get; } = stream;

    public Opcode Opcode { get; } = opcode;

    /// <summary>Of the body.</summary>
    public int Length { get; } = length;

    public static void Write(Span<byte> destination, byte version, short stream, Opcode opcode, int length)
    {
        destination[0] = version;
        destination[1] = 0;
        BinaryPrimitives.WriteInt16BigEndian(destination[2..], stream);
        destination[4] = (byte)opcode;
        BinaryPrimitives.WriteInt32BigEndian(destination[5..], length);
    }

    /// <returns>Whether all nine bytes were there.</returns>
    /// <exception cref="CassandraProtocolException">What is there can't be a response of protocol v3 or later.</exception>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool TryReadResponse(ReadOnlySpan<byte> source, int longestBody, out FrameHeader header)
    {
        header = default;
        if (source.Length < Size)
        {
            // A wrong first byte is told at once: an HTTP or TLS server would let us wait for the rest for ever.
            if (source.Length > 0)
            {
                CheckVersion(source[0]);
            }

            return false;
        }

        CheckVersion(source[0]);
        header = new FrameHeader(
            (byte)(source[0] & ~ResponseBit),
            (FrameFlags)source[1],
            BinaryPrimitives.ReadInt16BigEndian(source[2..]),
            (Opcode)source[4],
            BinaryPrimitives.ReadInt32BigEndian(source[5..]));
        if ((uint)header.Length > (uint)longestBody)
        {
            throw new CassandraProtocolException(
                $"A frame of {header.Length} bytes was announced; at most {longestBody} are accepted.");
        }

        return true;
    }

    private static void CheckVersion(byte first)
    {
        var version = first & ~ResponseBit;
        if ((first & ResponseBit) == 0 || version is < 3 or > 6)
        {
            throw new CassandraProtocolException(
                $"A frame began with 0x{first:X2}, which is no response of CQL protocol v3 or later.");
        }
    }
}
