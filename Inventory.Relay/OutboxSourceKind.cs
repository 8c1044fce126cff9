namespace Inventory.Relay;

/// <summary>How the publisher learns what was committed.</summary>
internal enum OutboxSourceKind
{
    /// <summary>From the write-ahead log, by logical replication.</summary>
    Cdc,

    /// <summary>From the table, woken by notifications.</summary>
    Polling,
}
