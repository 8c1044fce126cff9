using Aspire.Hosting.ApplicationModel;
using Inventory.AppHost.Stores.Embedded;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Hosting;

namespace Inventory.AppHost.Running;

/// <summary>
/// Tells how long each part took to start, and ends the run with a sentence when one cannot start: what depends on it would
/// wait for ever.
/// </summary>
internal sealed class StartWatch(
    ResourceNotificationService notifications,
    ResourceLoggerService loggers,
    IHostApplicationLifetime lifetime,
    ResidentMemory memory,
    Stages stages,
    TimeProvider time) : BackgroundService
{
    private const int LinesOfLog = 20;

    private static readonly TimeSpan LongestStart = TimeSpan.FromSeconds(20);

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
            && change.Snapshot.HealthStatus == HealthStatus.Healthy)
        {
            Tell(change, "is ready");
        }
    }

    private void Tell(ResourceEvent change, string what)
    {
        _ready.Add(change.ResourceId);
        var ended = change.Snapshot.StopTimeStamp ?? time.GetUtcNow().UtcDateTime;
        var took = ended - (change.Snapshot.StartTimeStamp ?? ended);
        stages.Report(FormattableString.Invariant($"{change.Resource.Name} {what} after {took.TotalSeconds:0.0} s."));
    }

    private async Task GiveUpAsync(ResourceEvent change, CancellationToken cancellationToken)
    {
        if (lifetime.ApplicationStopping.IsCancellationRequested)
        {
            return;
        }

        var started = new TaskCompletionSource();
        await using var registration = lifetime.ApplicationStarted.Register(started.SetResult);
        var culprit = Culprit(change.Resource);
        await Console.Error.WriteLineAsync(culprit is EmbeddedServer { Failure: { } sentence }
            ? $"{culprit.Name}: {sentence}"
            : $"{culprit.Name} did not start:\n{await LogTailAsync(culprit, cancellationToken)}");
        Environment.ExitCode = 1;

        // A host that is stopped while it still starts fails with a stack trace that tells nothing.
        await started.Task.WaitAsync(LongestStart, time, cancellationToken).ContinueWith(_ => { }, TaskScheduler.Default);
        lifetime.StopApplication();
    }

    // What waits for something that failed has failed too, and may be heard of first.
    private IResource Culprit(IResource failed)
    {
        var cause = failed.Annotations.OfType<WaitAnnotation>().Select(wait => wait.Resource).FirstOrDefault(HasFailed);
        return cause is null ? failed : Culprit(cause);
    }

    private bool HasFailed(IResource resource) =>
        notifications.TryGetCurrentState(resource.Name, out var state)
        && (state.Snapshot.State?.Text == KnownResourceStates.FailedToStart || state.Snapshot.ExitCode is > 0);

    private async Task<string> LogTailAsync(IResource resource, CancellationToken cancellationToken)
    {
        if (!notifications.TryGetCurrentState(resource.Name, out var state))
        {
            return "";
        }

        var lines = new List<string>();
        await foreach (var batch in loggers.GetAllAsync(state.ResourceId).WithCancellation(cancellationToken))
        {
            lines.AddRange(batch.Select(line => line.Content));
        }

        return string.Join('\n', lines.TakeLast(LinesOfLog));
    }
}
