using Aspire.Hosting.ApplicationModel;
using Microsoft.Extensions.Hosting;

namespace Inventory.AppHost.Running;

/// <summary>
/// Tells how long each part took to start, and ends the run with a sentence when one cannot start: what depends on it would
/// wait for ever.
/// </summary>
internal sealed class StartWatch(
    ResourceNotificationService notifications,
    ResourceLoggerService loggers,
    DistributedApplicationModel model,
    IHostApplicationLifetime lifetime,
    ResidentMemory memory,
    Stages stages) : BackgroundService
{
    private const int LinesOfLog = 20;

    private readonly Dictionary<string, long> _began = [];
    private readonly HashSet<string> _ready = [];

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await foreach (var change in notifications.WatchAsync(stoppingToken))
        {
            memory.Note(change);
            if (change.Resource is ProjectResource)
            {
                await LookAtAsync(change, stoppingToken);
            }
            else if (change.Snapshot.State?.Text == KnownResourceStates.FailedToStart)
            {
                await GiveUpAsync(change, stoppingToken);
            }
        }
    }

    private async Task LookAtAsync(ResourceEvent change, CancellationToken cancellationToken)
    {
        var state = change.Snapshot.State?.Text;
        if (state is "Starting" or "Running")
        {
            _began.TryAdd(change.ResourceId, TimeProvider.System.GetTimestamp());
        }

        if (_ready.Contains(change.ResourceId))
        {
            return;
        }

        if (state == KnownResourceStates.Finished && change.Snapshot.ExitCode == 0)
        {
            Tell(change, "is done");
        }
        else if (state == KnownResourceStates.FailedToStart || KnownResourceStates.TerminalStates.Contains(state))
        {
            await GiveUpAsync(change, cancellationToken);
        }
        else if (state == KnownResourceStates.Running && change.Snapshot.HealthReports is { Length: > 0 }
            && change.Snapshot.HealthStatus == Microsoft.Extensions.Diagnostics.HealthChecks.HealthStatus.Healthy)
        {
            Tell(change, "is ready");
        }
    }

    private void Tell(ResourceEvent change, string what)
    {
        _ready.Add(change.ResourceId);
        var took = TimeProvider.System.GetElapsedTime(_began.GetValueOrDefault(change.ResourceId, TimeProvider.System.GetTimestamp()));
        stages.Report(FormattableString.Invariant($"{change.Resource.Name} {what} after {took.TotalSeconds:0.0} s."));
    }

    private async Task GiveUpAsync(ResourceEvent change, CancellationToken cancellationToken)
    {
        if (lifetime.ApplicationStopping.IsCancellationRequested || model.Resources.All(each => each != change.Resource))
        {
            return;
        }

        await Console.Error.WriteLineAsync($"{change.Resource.Name} did not start:");
        var lines = new List<string>();
        await foreach (var batch in loggers.GetAllAsync(change.ResourceId).WithCancellation(cancellationToken))
        {
            lines.AddRange(batch.Select(line => line.Content));
        }

        await Console.Error.WriteLineAsync(string.Join('\n', lines.TakeLast(LinesOfLog)));
        Environment.ExitCode = 1;
        lifetime.StopApplication();
    }
}
