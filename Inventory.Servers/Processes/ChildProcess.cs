using System.Diagnostics;

namespace Inventory.Servers.Processes;

/// <summary>
/// One child process from its start to its end. It cannot outlive this process: the kernel signals it when we die, even
/// by SIGKILL. Linux only.
/// </summary>
public sealed class ChildProcess : IAsyncDisposable
{
    private readonly Process _process;
    private volatile bool _stopRequested;

    private ChildProcess(ChildProcessOptions options, Process process)
    {
        Options = options;
        _process = process;
        ProcessId = process.Id;
        Exited = WaitAsync();
    }

    public ChildProcessOptions Options { get; }

    public string Name => Options.Name;

    public int ProcessId { get; }

    /// <summary>Completes with the exit code, 128 + n after signal n.</summary>
    public Task<int> Exited { get; }

    public bool HasExited => Exited.IsCompleted;

    /// <summary>Whether it was asked to stop: if it exits without, it died by itself or was killed.</summary>
    public bool StopRequested => _stopRequested;

    public static async Task<ChildProcess> StartAsync(ChildProcessOptions options)
    {
        if (!OperatingSystem.IsLinux())
        {
            throw new PlatformNotSupportedException("The servers run as child processes on Linux only.");
        }

        Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(options.LogFile))!);
        return new ChildProcess(options, await ChildStarter.StartAsync(LaunchCommand.Build(options)));
    }

    /// <summary>Runs a program to its end and expects success.</summary>
    public static async Task RunAsync(ChildProcessOptions options, CancellationToken cancellationToken)
    {
        await using var process = await StartAsync(options);
        var exitCode = await process.Exited.WaitAsync(cancellationToken);
        if (exitCode != 0)
        {
            throw new ServerStartException(
                $"{options.Name} ended with exit code {exitCode}.\n{LogTail.Read(options.LogFile)}");
        }
    }

    /// <summary>The last lines of the log.</summary>
    public string ReadLogTail() => LogTail.Read(Options.LogFile);

    /// <summary>Sends a signal to this process alone.</summary>
    public void Signal(ProcessSignal signal)
    {
        if (!HasExited)
        {
            // It may end between the question and the signal; then there is no one to tell, which is no error.
            _ = NativeMethods.Kill(ProcessId, (int)signal);
        }
    }

    /// <summary>SIGKILL to the process, then to its children: otherwise it would see them die and react.</summary>
    public void Kill()
    {
        foreach (var processId in Family())
        {
            _ = NativeMethods.Kill(processId, (int)ProcessSignal.Kill);
        }
    }

    /// <summary>SIGSTOP to the process and its children.</summary>
    public void Pause()
    {
        foreach (var processId in Family())
        {
            _ = NativeMethods.Kill(processId, (int)ProcessSignal.Stop);
        }
    }

    /// <summary>SIGCONT to the children and the process.</summary>
    public void Resume()
    {
        foreach (var processId in Family().Reverse())
        {
            _ = NativeMethods.Kill(processId, (int)ProcessSignal.Continue);
        }
    }

    /// <summary>Asks the process to stop, kills it if that takes too long, and waits until it is gone.</summary>
    public async Task StopAsync()
    {
        _stopRequested = true;
        Signal(Options.StopSignal);
        // One that is paused would take the signal only when resumed.
        Resume();
        try
        {
            await Exited.WaitAsync(Options.StopTimeout);
        }
        catch (TimeoutException)
        {
            Kill();
            await Exited;
        }
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        _process.Dispose();
    }

    private IEnumerable<int> Family() => HasExited ? [] : [ProcessId, .. ProcessTree.Descendants(ProcessId)];

    private async Task<int> WaitAsync()
    {
        await _process.WaitForExitAsync();
        return _process.ExitCode;
    }
}
