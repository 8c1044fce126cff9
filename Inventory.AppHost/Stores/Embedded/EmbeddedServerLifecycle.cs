using System.Collections.Concurrent;
using System.Globalization;
using Aspire.Hosting.ApplicationModel;
using Inventory.AppHost.Running;
using Inventory.Servers;
using Inventory.Servers.Processes;

namespace Inventory.AppHost.Stores.Embedded;

/// <summary>Starts and stops the embedded servers, and tells the dashboard and whoever waits for them how they are.</summary>
internal sealed class EmbeddedServerLifecycle(
    EmbeddedServerOptions options, ResourceNotificationService notifications, ResourceLoggerService loggers) : IAsyncDisposable
{
    private readonly ConcurrentDictionary<EmbeddedServer, LogFollower> _logs = new();

    /// <returns>Whether it runs; if not, its log says why.</returns>
    public async Task<bool> StartAsync(EmbeddedServer server, CancellationToken cancellationToken)
    {
        var logger = loggers.GetLogger(server);
        await PublishAsync(server, KnownResourceStates.Starting);
        try
        {
            await server.StartAsync(options with { Progress = Tell }, cancellationToken);
        }
        catch (Exception exception) when (exception is MissingPrerequisiteException or ServerStartException)
        {
            EmbeddedServerLog.DidNotStart(logger, exception.Message);
            await PublishAsync(server, KnownResourceStates.FailedToStart);
            return false;
        }

        _logs.GetOrAdd(server, _ => new LogFollower(server.Processes, logger));
        foreach (var process in server.Processes)
        {
            _ = WatchAsync(server, process, process.Exited);
        }

        await notifications.PublishUpdateAsync(server, snapshot => snapshot with
        {
            State = KnownResourceStates.Running,
            StartTimeStamp = DateTime.UtcNow,
            StopTimeStamp = null,
            ExitCode = null,
            Urls = [.. server.Addresses.Select(address => new UrlSnapshot(address, $"tcp://{address}", IsInternal: false))],
            Properties =
            [
                .. snapshot.Properties.Where(property => property.Name != ResidentMemory.ProcessIdProperty),
                new(ResidentMemory.ProcessIdProperty, string.Join(", ", server.Processes.Select(ProcessId))),
            ],
        });
        return true;

        void Tell(string line)
        {
            EmbeddedServerLog.Progress(logger, line);
            options.Progress(line);
        }
    }

    /// <returns>True: what does not stop when asked is killed.</returns>
    public async Task<bool> StopAsync(EmbeddedServer server)
    {
        await PublishAsync(server, KnownResourceStates.Stopping);
        await server.StopAsync();
        await PublishEndAsync(server, exitCode: 0);
        return true;
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var follower in _logs.Values)
        {
            await follower.DisposeAsync();
        }

        _logs.Clear();
    }

    private async Task WatchAsync(EmbeddedServer server, ServerProcess process, Task<int> exited)
    {
        var exitCode = await exited;
        if (!process.StopRequested)
        {
            EmbeddedServerLog.Ended(loggers.GetLogger(server), process.Name, exitCode);
            await PublishEndAsync(server, exitCode);
        }
    }

    private static string ProcessId(ServerProcess process) => process.ProcessId.ToString(CultureInfo.InvariantCulture);

    private Task PublishAsync(EmbeddedServer server, string state) =>
        notifications.PublishUpdateAsync(server, snapshot => snapshot with { State = state });

    private Task PublishEndAsync(EmbeddedServer server, int exitCode) =>
        notifications.PublishUpdateAsync(server, snapshot => snapshot with
        {
            State = KnownResourceStates.Exited,
            ExitCode = exitCode,
            StopTimeStamp = DateTime.UtcNow,
        });
}
