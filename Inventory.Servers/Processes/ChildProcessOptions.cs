namespace Inventory.Servers.Processes;

/// <summary>How a child process is started and stopped.</summary>
public sealed record ChildProcessOptions
{
    /// <summary>An open file leads to its folder without a look at the way there.</summary>
    internal const string GivenFolderPath = "/proc/self/fd/8";

    /// <summary>What people call it.</summary>
    public required string Name { get; init; }

    public required string FileName { get; init; }

    public IReadOnlyList<string> Arguments { get; init; } = [];

    /// <summary>Added to the environment of this process; null takes a variable away.</summary>
    public IReadOnlyDictionary<string, string?> Environment { get; init; } = new Dictionary<string, string?>();

    public string? WorkingDirectory { get; init; }

    /// <summary>Takes everything the child writes; begun anew at every start.</summary>
    public required string LogFile { get; init; }

    /// <summary>Asks the child to stop.</summary>
    public ProcessSignal StopSignal { get; init; } = ProcessSignal.Terminate;

    /// <summary>How long it may take to stop before it is killed.</summary>
    public TimeSpan StopTimeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Sent by the kernel if this process dies, in whatever way, before the child.</summary>
    public ProcessSignal OrphanSignal { get; init; } = ProcessSignal.Kill;

    /// <summary>The account to run under instead of root.</summary>
    public UnixUser? User { get; init; }

    /// <summary>
    /// A folder that the child finds at <see cref="GivenFolderPath"/>, even if its <see cref="User"/> may not enter the
    /// folders above, as in a checkout under /root.
    /// </summary>
    internal string? GivenFolder { get; init; }

    /// <summary>A file that the child, and what it forks, hold locked for as long as they live.</summary>
    public string? LockFile { get; init; }

    /// <summary>How much later than asked the kernel may end its timed waits; null for the kernel's default of 50 us.</summary>
    internal TimeSpan? TimerSlack { get; init; }
}
