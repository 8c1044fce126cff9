using Inventory.Tools.Display;
using Inventory.Tools.Replay.Planning;

namespace Inventory.Tools.Replay.Playing;

/// <summary>Plays a plan: first the opening stock, then the steps in the order of the file.</summary>
internal sealed class ReplayPlayer(StepPlayer player, ReplayTally tally, int concurrency)
{
    // What is under way when the user stops is given this long to finish, so that little is left in doubt.
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(3);

    /// <exception cref="ToolException">Some of it was refused: without stock no order means anything.</exception>
    public async Task<bool> StockAsync(ReplayPlan plan, ProgressCounter progress, CancellationToken stop)
    {
        var parallel = new ParallelOptions { MaxDegreeOfParallelism = concurrency, CancellationToken = stop };
        await Parallel.ForEachAsync(plan.Opening, parallel, async (inbound, cancellationToken) =>
        {
            if (await player.ReceiveAsync(inbound, cancellationToken) is { } problem)
            {
                throw new ToolException($"The opening stock was refused with {problem}", ExitCode.Failure);
            }

            progress.Add();
        });
        return true;
    }

    /// <returns>Whether all steps were played.</returns>
    public async Task<bool> PlayAsync(ReplayPlan plan, ProgressCounter progress, CancellationToken stop)
    {
        using var abort = new CancellationTokenSource();
        await using var registration = stop.Register(() => abort.CancelAfter(Grace));
        var lanes = new StepLanes(concurrency);
        foreach (var step in plan.Steps)
        {
            if (MustEnd())
            {
                break;
            }

            // Asked again, as much may have happened while the step waited for its lane.
            await lanes.StartAsync(step, () => MustEnd() ? Task.CompletedTask : PlayOneAsync(step, progress, abort.Token));
        }

        await lanes.FinishAsync();
        return progress.Done == plan.Steps.Count;

        bool MustEnd() => stop.IsCancellationRequested || tally.GaveUp;
    }

    private async Task PlayOneAsync(ReplayStep step, ProgressCounter progress, CancellationToken abort)
    {
        try
        {
            await player.PlayAsync(step, abort);
            progress.Add();
        }
        catch (OperationCanceledException)
        {
            tally.Count(StepOutcome.Unfinished);
        }
    }
}
