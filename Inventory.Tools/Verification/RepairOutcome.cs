namespace Inventory.Tools.Verification;

/// <summary>What became of a difference that was to be repaired.</summary>
internal enum RepairOutcome
{
    Repaired,

    /// <summary>Postgres has no such row, so there is nothing to write.</summary>
    UnknownToPostgres,

    /// <summary>A timestamp in Cassandra, or the version in Postgres, is so far ahead that no version may pass it.</summary>
    OutOfReach,

    /// <summary>Still different, though nothing tells why: a deletion with a timestamp far ahead looks like this.</summary>
    StillHidden,
}
