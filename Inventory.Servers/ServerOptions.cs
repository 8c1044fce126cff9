namespace Inventory.Servers;

/// <summary>What every kind of server is started with.</summary>
public abstract record ServerOptions
{
    /// <summary>The folder of the run; each server has its own folder in it, see <see cref="ServerPaths"/>.</summary>
    public required string Directory { get; init; }

    /// <summary>Start with the data of an earlier run. Otherwise what is there is wiped.</summary>
    public bool Reuse { get; init; }

    /// <summary>Told what is being done, a line at a time: "Starting X ...", "X is ready after 2.9 s."</summary>
    public Action<string>? Progress { get; init; }

    /// <summary>How long one server may take until it answers.</summary>
    public TimeSpan StartTimeout { get; init; } = TimeSpan.FromSeconds(90);

    internal ServerPaths Paths => new(Path.GetFullPath(Directory));

    internal void Report(string line) => Progress?.Invoke(line);
}
