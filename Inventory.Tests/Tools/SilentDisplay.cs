using Inventory.Tools.Display;

namespace Inventory.Tests.Tools;

/// <summary>Shows nothing, and remembers that it was asked to.</summary>
internal sealed class SilentDisplay : IProgressDisplay
{
    public List<(string Title, ProgressCounter Progress)> Shown { get; } = [];

    public Task<T> ShowAsync<T>(string title, ProgressCounter progress, Func<Task<T>> job)
    {
        Shown.Add((title, progress));
        return job();
    }
}
