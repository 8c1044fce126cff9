using System.Buffers.Binary;
using Inventory.Cassandra.Protocol;

namespace Inventory.Cassandra.Connections;

/// <summary>
/// A statement as one server knows it. Everything of its EXECUTE frame that is the same every time is written once, here;
/// a request copies it, adds its values and fixes the length.
/// </summary>
internal sealed class PreparedStatement
{
    private const int LengthOffset = 5;

    private readonly byte[] _prefix;
    private readonly int _flagsOffset;

    public PreparedStatement(Statement statement, byte version, ReadOnlySpan<byte> id)
    {
        Statement = statement;
        _flagsOffset = FrameHeader.Size + sizeof(ushort) + id.Length + sizeof(ushort);
        var hasValues = statement.ValueCount > 0;
        _prefix = new byte[_flagsOffset + 1 + (hasValues ? sizeof(ushort) : 0)];
        FrameHeader.Write(_prefix, version, stream: 0, Opcode.Execute, length: 0);
        var rest = _prefix.AsSpan(FrameHeader.Size);
        BinaryPrimitives.WriteUInt16BigEndian(rest, (ushort)id.Length);
        id.CopyTo(rest[sizeof(ushort)..]);
        BinaryPrimitives.WriteUInt16BigEndian(rest[(sizeof(ushort) + id.Length)..], (ushort)statement.Consistency);
        _prefix[_flagsOffset] = (byte)statement.Flags;
        if (hasValues)
        {
            BinaryPrimitives.WriteUInt16BigEndian(_prefix.AsSpan(_flagsOffset + 1), statement.ValueCount);
        }
    }

    public Statement Statement { get; }

    public int PrefixLength => _prefix.Length;

    /// <summary>Begins a frame; the values follow.</summary>
    public ExecuteWriter Begin(Span<byte> frame)
    {
        _prefix.CopyTo(frame);
        return new ExecuteWriter(frame, _prefix.Length, _flagsOffset);
    }

    /// <summary>Fixes the length in the header of a frame that is complete.</summary>
    public static void End(Span<byte> frame) =>
        BinaryPrimitives.WriteInt32BigEndian(frame[LengthOffset..], frame.Length - FrameHeader.Size);
}
