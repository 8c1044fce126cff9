using System.Globalization;

namespace Inventory.Tools.Display;

/// <summary>A plain line every few seconds, for logs and pipes.</summary>
internal sealed class LineDisplay(TextWriter output, TimeProvider time) : IProgressDisplay
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(5);

    public async Task<T> ShowAsync<T>(string title, ProgressCounter progress, Func<Task<T>> job)
    {
        var started = time.GetTimestamp();
        await using var timer = time.CreateTimer(_ => WriteLine(title, progress, started), state: null, Interval, Interval);
        return await job();
    }

    private void WriteLine(string title, ProgressCounter progress, long started)
    {
        var seconds = time.GetElapsedTime(started).TotalSeconds;
        var share = progress.Total == 0 ? 100 : 100.0 * progress.Done / progress.Total;
        output.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{title}: {progress.Done:N0} of {progress.Total:N0} ({share:F1} %) after {seconds:F0} s"));
    }
}
