namespace Inventory.Cassandra.Protocol;

/// <summary>Bits of the flags byte of QUERY and EXECUTE; each says which part follows (section 4.1.4).</summary>
[Flags]
internal enum QueryFlags : byte
{
    None = 0,
    Values = 0x01,
    SkipMetadata = 0x02,
    PageSize = 0x04,
    PagingState = 0x08,
}
