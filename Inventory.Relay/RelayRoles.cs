namespace Inventory.Relay;

/// <summary>The parts of the relay, which scale and fail apart.</summary>
[Flags]
internal enum RelayRoles
{
    None = 0,

    /// <summary>Outbox to Kafka.</summary>
    Publisher = 1,

    /// <summary>Kafka to Cassandra.</summary>
    Projector = 2,

    /// <summary>Compares Cassandra with Postgres.</summary>
    Reconciler = 4,
}
