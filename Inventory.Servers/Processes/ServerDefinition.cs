namespace Inventory.Servers.Processes;

/// <summary>What a <see cref="ServerProcess"/> needs to know about its server.</summary>
internal sealed record ServerDefinition
{
    public required ChildProcessOptions Child { get; init; }

    public required ServerOptions Options { get; init; }

    /// <summary>Asks the server once, in its own protocol, whether it serves.</summary>
    public required Func<CancellationToken, Task<bool>> IsReadyAsync { get; init; }

    /// <summary>What must be true before the process can be started, also again.</summary>
    public Func<CancellationToken, Task> BeforeStartAsync { get; init; } = _ => Task.CompletedTask;
}
