namespace Inventory.Contracts.Composition;

/// <summary>What things are called inside the stores, wherever the stores run.</summary>
public static class StoreNames
{
    /// <summary>The database inside Postgres; its connection is called <see cref="ResourceNames.Database"/>.</summary>
    public const string Database = "inventory";

    /// <summary>The login of CommandApi, which may only add and change.</summary>
    public const string CommandApiLogin = "command_api";

    /// <summary>The login of Relay, which may only take from the outbox.</summary>
    public const string RelayLogin = "relay";

    /// <summary>The keyspace inside Cassandra.</summary>
    public const string Keyspace = "inventory";

    /// <summary>Cassandra's data centre: its own default, kept so that a cluster may take over from a single node.</summary>
    public const string Datacenter = "datacenter1";
}
