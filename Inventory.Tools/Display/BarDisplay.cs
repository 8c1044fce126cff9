using Spectre.Console;

namespace Inventory.Tools.Display;

/// <summary>A bar on a terminal.</summary>
internal sealed class BarDisplay(IAnsiConsole console, TimeProvider time) : IProgressDisplay
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(100);

    public Task<T> ShowAsync<T>(string title, ProgressCounter progress, Func<Task<T>> job) =>
        console.Progress()
            .Columns(
                new TaskDescriptionColumn(),
                new ProgressBarColumn(),
                new PercentageColumn(),
                new ElapsedTimeColumn(),
                new RemainingTimeColumn())
            .StartAsync(async context =>
            {
                var bar = context.AddTask(Markup.Escape(title), maxValue: Math.Max(1, progress.Total));
                var running = job();
                while (!running.IsCompleted)
                {
                    bar.Value = progress.Done;
                    await Task.WhenAny(running, Task.Delay(Interval, time));
                }

                bar.Value = progress.Done;
                return await running;
            });
}
