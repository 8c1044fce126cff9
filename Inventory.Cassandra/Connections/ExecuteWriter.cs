using System.Buffers.Binary;
using Inventory.Cassandra.Protocol;

namespace Inventory.Cassandra.Connections;

/// <summary>Adds to an EXECUTE frame what changes: the values, in the order of the bind markers, then the paging.</summary>
internal ref struct ExecuteWriter(Span<byte> frame, int length, int flagsOffset)
{
    public const int IntValueSize = sizeof(int) + sizeof(int);
    public const int LongValueSize = sizeof(int) + sizeof(long);

    private readonly Span<byte> _frame = frame;
    private int _length = length;

    public void WriteInt(int value)
    {
        BinaryPrimitives.WriteInt32BigEndian(_frame[_length..], sizeof(int));
        BinaryPrimitives.WriteInt32BigEndian(_frame[(_length + sizeof(int))..], value);
        _length += IntValueSize;
    }

    public void WriteLong(long value)
    {
        BinaryPrimitives.WriteInt32BigEndian(_frame[_length..], sizeof(long));
        BinaryPrimitives.WriteInt64BigEndian(_frame[(_length + sizeof(int))..], value);
        _length += LongValueSize;
    }

    /// <summary>The number of rows per page and where to go on; after the values.</summary>
    public void WritePaging(int pageSize, ReadOnlySpan<byte> pagingState)
    {
        BinaryPrimitives.WriteInt32BigEndian(_frame[_length..], pageSize);
        _length += sizeof(int);
        if (!pagingState.IsEmpty)
        {
            _frame[flagsOffset] |= (byte)QueryFlags.PagingState;
            BinaryPrimitives.WriteInt32BigEndian(_frame[_length..], pagingState.Length);
            pagingState.CopyTo(_frame[(_length + sizeof(int))..]);
            _length += sizeof(int) + pagingState.Length;
        }
    }

    /// <returns>The whole frame.</returns>
    public readonly ReadOnlySpan<byte> End()
    {
        var whole = _frame[.._length];
        PreparedStatement.End(whole);
        return whole;
    }
}
