using System.Globalization;

namespace Inventory.Servers.Processes;

/// <summary>A server that can be stopped, killed, paused and started again on the same port and data.</summary>
public sealed class ServerProcess : IAsyncDisposable
{
    private readonly ServerDefinition _definition;
    private ChildProcess? _child;

    internal ServerProcess(ServerDefinition definition) => _definition = definition;

    public string Name => _definition.Child.Name;

    public string LogFile => _definition.Child.LogFile;

    public int ProcessId => Child.ProcessId;

    public bool HasExited => Child.HasExited;

    /// <summary>Completes with the exit code of the present process. A restart makes a new task.</summary>
    public Task<int> Exited => Child.Exited;

    /// <summary>Whether the present process was asked to stop. If not, it died by itself or was killed.</summary>
    public bool StopRequested => Child.StopRequested;

    private ChildProcess Child => _child ?? throw new InvalidOperationException($"{Name} was not started.");

    /// <summary>SIGKILL, to its children too. Await <see cref="Exited"/> to see it gone.</summary>
    public void Kill() => Child.Kill();

    /// <summary>SIGSTOP: connections stay open and nothing answers.</summary>
    public void Pause() => Child.Pause();

    /// <summary>SIGCONT.</summary>
    public void Resume() => Child.Resume();

    public Task StopAsync() => Child.StopAsync();

    /// <summary>Stops it if it still runs, and starts it on the same port and data.</summary>
    public async Task RestartAsync(CancellationToken cancellationToken)
    {
        await DisposeAsync();
        await StartAsync(cancellationToken);
    }

    public async ValueTask DisposeAsync()
    {
        if (_child is not null)
        {
            await _child.DisposeAsync();
        }
    }

    internal async Task StartAsync(CancellationToken cancellationToken)
    {
        var options = _definition.Options;
        options.Report($"Starting {Name} ...");
        var began = TimeProvider.System.GetTimestamp();
        await _definition.BeforeStartAsync(cancellationToken);
        _child = await ChildProcess.StartAsync(_definition.Child);
        try
        {
            await WaitUntilReadyAsync(_child, cancellationToken);
        }
        catch
        {
            _child.Kill();
            await _child.Exited;
            throw;
        }

        var seconds = TimeProvider.System.GetElapsedTime(began).TotalSeconds;
        options.Report(string.Create(CultureInfo.InvariantCulture, $"{Name} is ready after {seconds:0.0} s."));
    }

    private async Task WaitUntilReadyAsync(ChildProcess child, CancellationToken cancellationToken)
    {
        var options = _definition.Options;
        var ready = Readiness.WaitAsync(_definition.IsReadyAsync, options.StartTimeout, cancellationToken);
        await Task.WhenAny(ready, child.Exited);
        if (child.HasExited)
        {
            throw new ServerStartException(
                $"{Name} ended with exit code {await child.Exited} instead of starting.\n{child.ReadLogTail()}");
        }

        if (!await ready)
        {
            throw new ServerStartException(
                $"{Name} did not answer within {options.StartTimeout.TotalSeconds:0} s.\n{child.ReadLogTail()}");
        }
    }
}
