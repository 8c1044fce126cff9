using Inventory.Tools.Replay.Planning;

namespace Inventory.Tools.Replay.Playing;

/// <summary>Runs a bounded number of steps at a time and keeps the order of those that must not overtake each other.</summary>
internal sealed class StepLanes(int width)
{
    private readonly List<(ReplayStep Step, Task Playing)> _running = new(width);

    /// <summary>Starts the step as soon as it may start. Called by one thread, in the order of the file.</summary>
    public async Task StartAsync(ReplayStep step, Func<Task> play)
    {
        await Task.WhenAll(_running.Where(other => step.MustNotOvertake(other.Step)).Select(other => other.Playing));
        while (_running.Count >= width)
        {
            await Task.WhenAny(_running.Select(other => other.Playing));
            _running.RemoveAll(other => other.Playing.IsCompletedSuccessfully);
            await Task.WhenAll(_running.Where(other => other.Playing.IsFaulted).Select(other => other.Playing));
        }

        _running.Add((step, play()));
    }

    public Task FinishAsync() => Task.WhenAll(_running.Select(other => other.Playing));
}
