namespace Inventory.AppHost.Stores;

/// <summary>How Postgres, Kafka and Cassandra run.</summary>
internal enum StoreKind
{
    /// <summary>As programs of this machine, started by the AppHost itself.</summary>
    Embedded,

    /// <summary>In containers, started by Aspire.</summary>
    Containers,
}
