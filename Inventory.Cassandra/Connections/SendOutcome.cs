namespace Inventory.Cassandra.Connections;

internal enum SendOutcome
{
    /// <summary>On its way, or waiting for a stream.</summary>
    Accepted,

    /// <summary>The connection has ended; the operation is untouched.</summary>
    Closed,

    /// <summary>Too many wait for a stream already; the operation is untouched.</summary>
    Busy,
}
