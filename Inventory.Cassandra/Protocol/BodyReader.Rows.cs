using Inventory.Cassandra.Errors;

namespace Inventory.Cassandra.Protocol;

/// <summary>Rows metadata (section 4.2.5.2): read only as far as a reader of fixed columns needs it.</summary>
internal ref partial struct BodyReader
{
    private const int GlobalTableSpec = 0x0001;
    private const int HasMorePages = 0x0002;
    private const int NoMetadata = 0x0004;
    private const int DeepestType = 16;

    /// <summary>Reads past the metadata of a result whose columns the caller knows.</summary>
    /// <returns>How many rows follow.</returns>
    public int ReadRowsHeader(int expectedColumns, out ReadOnlySpan<byte> pagingState)
    {
        var flags = ReadInt();
        var columns = ReadInt();
        pagingState = default;
        if ((flags & HasMorePages) != 0)
        {
            TryReadBytes(out pagingState);
        }

        if (columns != expectedColumns)
        {
            throw new CassandraProtocolException(
                $"A result has {columns} columns; the statement selects {expectedColumns}.");
        }

        if ((flags & NoMetadata) == 0)
        {
            SkipColumns(flags, columns);
        }

        // Each value takes its length at least.
        return ReadCount(columns * sizeof(int));
    }

    private void SkipColumns(int flags, int columns)
    {
        var global = (flags & GlobalTableSpec) != 0;
        if (global)
        {
            Skip(ReadShort());
            Skip(ReadShort());
        }

        for (var column = 0; column < columns; column++)
        {
            if (!global)
            {
                Skip(ReadShort());
                Skip(ReadShort());
            }

            Skip(ReadShort());
            SkipType(0);
        }
    }

    private void SkipType(int depth)
    {
        if (depth > DeepestType)
        {
            throw new CassandraProtocolException("A column's type is nested too deeply.");
        }

        switch ((ColumnType)ReadShort())
        {
            case ColumnType.Custom:
                Skip(ReadShort());
                break;
            case ColumnType.List or ColumnType.Set:
                SkipType(depth + 1);
                break;
            case ColumnType.Map:
                SkipType(depth + 1);
                SkipType(depth + 1);
                break;
            case ColumnType.UserDefined:
                Skip(ReadShort());
                Skip(ReadShort());
                for (var fields = ReadShort(); fields > 0; fields--)
                {
                    Skip(ReadShort());
                    SkipType(depth + 1);
                }

                break;
            case ColumnType.Tuple:
                for (var components = ReadShort(); components > 0; components--)
                {
                    SkipType(depth + 1);
                }

                break;
        }
    }
}
