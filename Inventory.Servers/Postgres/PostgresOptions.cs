namespace Inventory.Servers.Postgres;

public sealed record PostgresOptions : ServerOptions
{
    /// <summary>0 for any free port.</summary>
    public int Port { get; init; }

    /// <summary>A running server whose data a new one copies and then follows, until it is promoted.</summary>
    public PostgresServer? StandbyOf { get; init; }

    /// <summary>Settings in addition to, or instead of, <see cref="PostgresSettings"/>.</summary>
    public IReadOnlyDictionary<string, string> Settings { get; init; } = new Dictionary<string, string>();
}
