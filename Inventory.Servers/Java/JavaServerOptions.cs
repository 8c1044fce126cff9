namespace Inventory.Servers.Java;

/// <summary>What the servers that run on Java are started with.</summary>
public abstract record JavaServerOptions : ServerOptions
{
    /// <summary>Arguments for java after our own, so they win.</summary>
    public IReadOnlyList<string> JavaArguments { get; init; } = [];
}
