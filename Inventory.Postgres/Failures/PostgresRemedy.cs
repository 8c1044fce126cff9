namespace Inventory.Postgres.Failures;

/// <summary>What helps against a failure of Postgres.</summary>
public enum PostgresRemedy
{
    /// <summary>Nothing but another statement or another schema: a mistake of ours, or data that contradict it.</summary>
    None,

    /// <summary>The same again, at once: the transaction was in the way of another one.</summary>
    Repeat,

    /// <summary>The same again, at once, on a fresh connection: this session and those beside it are of no use.</summary>
    Reconnect,

    /// <summary>Time, or an operator; nothing is wrong with the request.</summary>
    Wait,
}
